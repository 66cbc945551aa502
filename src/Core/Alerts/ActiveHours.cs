using System.Globalization;

namespace SaaS.Analytics.Alerts;

/// <summary>When a rule may fire: hours of the day and days of the week in one time zone. An end before the start is on the next day; such a night belongs to the day it begins on.</summary>
public sealed class ActiveHours
{
    readonly TimeZoneInfo zone;
    readonly (TimeSpan From, TimeSpan To)? hours;
    readonly bool weekdays;

    /// <param name="settings">Of the rule.</param>
    /// <param name="timeZone">IANA zone of the site, for rules without one of their own; UTC where this machine does not know it.</param>
    public ActiveHours(AlertSettings settings, string timeZone)
    {
        zone = TimeZoneInfo.TryFindSystemTimeZoneById(settings.Text("zone") is { Length: > 0 } own ? own : timeZone, out var known) ? known : TimeZoneInfo.Utc;
        hours = TryParse(settings.Text("hours"), out var from, out var to) ? (from, to) : null;
        weekdays = settings.Flag("weekdays");
    }

    public bool IsAlways => hours is null && !weekdays;

    public bool Holds(DateTime utc)
    {
        if (IsAlways) return true;
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        if (hours is not var (from, to)) return IsDay(local);
        if (from <= to) return local.TimeOfDay >= from && local.TimeOfDay < to && IsDay(local);
        return (local.TimeOfDay >= from && IsDay(local)) || (local.TimeOfDay < to && IsDay(local.AddDays(-1)));
    }

    bool IsDay(DateTime local) => !weekdays || local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public static bool TryParse(string text, out TimeSpan from, out TimeSpan to)
    {
        (from, to) = (default, default);
        return text.Split('-', StringSplitOptions.TrimEntries) is [var a, var b] && Time(a, out from) && Time(b, out to) && from != to;
    }

    static bool Time(string text, out TimeSpan time) =>
        TimeSpan.TryParseExact(text, [@"h\:mm", @"hh\:mm"], CultureInfo.InvariantCulture, out time) && time < TimeSpan.FromDays(1);
}
