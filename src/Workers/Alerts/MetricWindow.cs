using System.Globalization;
using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>The time a rule about a number looks at now, and the equally long one just before it.</summary>
/// <param name="From">UTC.</param>
/// <param name="To">UTC, not included.</param>
/// <param name="IsClosed">A full hour or day: looked at once, when it has ended.</param>
sealed record MetricWindow(DateTime From, DateTime To, bool IsClosed)
{
    /// <summary>Events of an hour or a day that has just ended may still be on their way.</summary>
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    public (DateTime From, DateTime To) Before => (From - (To - From), From);

    public static MetricWindow Of(FiringRule rule, DateTime now)
    {
        if (rule.Rule.Kind == AlertKinds.NoData.Key) return Rolling(now, (double)rule.Settings.Number("minutes"));
        if (rule.Rule.Kind == AlertKinds.Anomaly.Key) return Hour(now - Settling);
        return rule.Settings.Text("window") switch
        {
            "hour" => Hour(now - Settling),
            "day" => Day(now - Settling, rule.TimeZone),
            var minutes => Rolling(now, double.Parse(minutes, CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>To a whole 10 s, so that rules with the same window share a query.</summary>
    static MetricWindow Rolling(DateTime now, double minutes)
    {
        var to = new DateTime(now.Ticks - now.Ticks % (10 * TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        return new MetricWindow(to.AddMinutes(-minutes), to, false);
    }

    static MetricWindow Hour(DateTime now)
    {
        var to = new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerHour, DateTimeKind.Utc);
        return new MetricWindow(to.AddHours(-1), to, true);
    }

    static MetricWindow Day(DateTime now, string timeZone)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var known) ? known : TimeZoneInfo.Utc;
        var today = TimeZoneInfo.ConvertTimeFromUtc(now, zone).Date;
        return new MetricWindow(Utc(today.AddDays(-1), zone), Utc(today, zone), true);
    }

    /// <summary>A midnight that the clocks jump over begins when they have jumped.</summary>
    internal static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone);
    }
}
