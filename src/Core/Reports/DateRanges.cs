using System.Globalization;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Named periods, each up to and with today, in the site's own zone.</summary>
public static class DateRanges
{
    public const string All = "all";
    const string LastHours = "24h";
    const int LongestDays = 366 * 10;

    /// <param name="name"><c>day</c>, <c>24h</c>, <c>7d</c> (any number of days), <c>month</c>, <c>6mo</c> (any number of months), <c>year</c>, <c>all</c>.</param>
    /// <param name="site">Gives the zone and, for <c>all</c>, the first day.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">IANA zone; the site's own where none is given.</param>
    /// <returns>Null where the name means nothing.</returns>
    public static TimeRange? Named(string name, AuthorizedSite site, DateTime now, string? zone = null)
    {
        var calendar = new Calendar(zone ?? site.TimeZone);
        if (name == LastHours) return new TimeRange(Hour(now).AddHours(-23), Hour(now).AddHours(1));
        var today = calendar.Day(now);
        var born = site.FirstEventAt is { } seen && seen < site.CreatedAt ? seen : site.CreatedAt;
        var first = First(name, today, calendar.Day(born));
        return first is null ? null : calendar.Days(first.Value, today);
    }

    /// <summary>Two days (both counted) or two instants (ISO 8601 with offset).</summary>
    /// <returns>Null where they are neither, or in the wrong order, or too far apart.</returns>
    public static TimeRange? Between(string from, string to, AuthorizedSite site, string? zone = null)
    {
        var range = Day(from) is { } first && Day(to) is { } last && last < DateOnly.MaxValue
            ? new Calendar(zone ?? site.TimeZone).Days(first, last)
            : Instant(from) is { } start && Instant(to) is { } end ? new TimeRange(start, end) : (TimeRange?)null;
        return range is { } r && r.From < r.To && r.Length.TotalDays <= LongestDays ? r : null;
    }

    static DateTime Hour(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerHour, DateTimeKind.Utc);

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1990 and <= 2100 ? day : null;

    static DateTime? Instant(string text) =>
        text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && at.Year is >= 1990 and <= 2100 ? at.UtcDateTime : null;

    static DateOnly? First(string name, DateOnly today, DateOnly born) => name switch
    {
        "day" => today,
        "month" => new DateOnly(today.Year, today.Month, 1),
        "year" => new DateOnly(today.Year, 1, 1),
        All => born < today ? born : today,
        _ when Number(name, "mo", LongestDays / 31) is { } months => new DateOnly(today.Year, today.Month, 1).AddMonths(1 - months),
        _ when Number(name, "d", LongestDays) is { } days => today.AddDays(1 - days),
        _ => null,
    };

    static int? Number(string name, string unit, int most) =>
        name.EndsWith(unit, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(0, name.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= most ? number : null;
}
