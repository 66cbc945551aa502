namespace SaaS.Analytics.Portal.Sites;

/// <summary>IANA time zones that reports can be cut in.</summary>
public static class TimeZones
{
    public static readonly IReadOnlyList<TimeZoneInfo> All =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.Contains('/') && !z.Id.StartsWith("Etc/", StringComparison.Ordinal)).OrderBy(z => z.Id, StringComparer.Ordinal)];

    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    /// <summary>Europe/Berlin (UTC+01:00), by the offset at <paramref name="now"/>.</summary>
    public static string Label(TimeZoneInfo zone, DateTimeOffset now)
    {
        var offset = zone.GetUtcOffset(now);
        return $"{zone.Id.Replace('_', ' ')} (UTC{(offset < TimeSpan.Zero ? "-" : "+")}{offset:hh\\:mm})";
    }
}
