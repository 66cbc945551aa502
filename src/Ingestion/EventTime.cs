using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>When an event happened: the client's word, corrected where its clock is wrong, in whole milliseconds.</summary>
static class EventTime
{
    /// <summary>A clock that is off by less is taken as right.</summary>
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    static readonly DateTime Earliest = new(1995, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>ISO 8601 (without a zone: UTC), or milliseconds since 1970; null where it is neither.</summary>
    public static DateTime? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var ms) && ms is >= 0 and < 253402300800000d)
            return DateTime.UnixEpoch.AddMilliseconds(Math.Floor(ms));
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.TryGetDateTime(out var time))
            return WholeMilliseconds(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime());
        reader.Skip();
        return null;
    }

    /// <returns>The time to count by, never after <paramref name="receivedAt"/>; whether it differs from the client's.</returns>
    public static (DateTime Time, bool Corrected) Correct(DateTime client, DateTime? sentAt, DateTime receivedAt)
    {
        var behind = receivedAt - (sentAt ?? receivedAt);
        var time = client;
        if (behind.Duration() > Tolerance || client > receivedAt) time = Shift(client, behind);
        if (time > receivedAt) time = receivedAt;
        return (time, time != client);
    }

    /// <param name="time">When it happened (UTC).</param>
    /// <param name="receivedAt">When it arrived (UTC).</param>
    /// <param name="imports">History is brought in: only what was before the web's own time is refused, as a mistake.</param>
    public static bool IsTooOld(DateTime time, DateTime receivedAt, bool imports) => time < (imports ? Earliest : receivedAt - EventLimits.Lateness);

    public static DateTime WholeMilliseconds(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    static DateTime Shift(DateTime time, TimeSpan by) =>
        by < TimeSpan.Zero && time - DateTime.MinValue < -by ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)
        : by > TimeSpan.Zero && DateTime.MaxValue - time < by ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
        : time + by;
}
