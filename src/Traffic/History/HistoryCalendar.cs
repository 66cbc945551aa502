using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.History;

/// <summary>Spreads a history over its days: weekday, growth, campaigns, and some chance.</summary>
static class HistoryCalendar
{
    public static IReadOnlyList<HistoryDay> Days(HistoryPlan plan)
    {
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(plan.From, plan.Zone));
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(plan.To, plan.Zone));
        var count = last.DayNumber - first.DayNumber + 1;
        return [.. Enumerable.Range(0, count).Select(n => Day(plan, first.AddDays(n), n, count))];
    }

    /// <summary>The sources that send visitors on a day.</summary>
    public static Weighted<TrafficSource> Sources(TrafficProfile profile, int daysAgo, DayOfWeek weekday) =>
        new(profile.Sources.Where(s => s.Days is null || s.Days.Runs(daysAgo, weekday)).Select(s => (s, s.Weight)));

    static HistoryDay Day(HistoryPlan plan, DateOnly date, int number, int count)
    {
        var (start, end) = (Midnight(date, plan.Zone), Midnight(date.AddDays(1), plan.Zone));
        var sources = Sources(plan.Profile, count - 1 - number, date.DayOfWeek);
        return new(number, start, end, sources, Weight(plan, date, (double)number / count) * sources.Total * Covered(plan, start, end));
    }

    static double Weight(HistoryPlan plan, DateOnly date, double progress)
    {
        var chance = new Dice(Dice.Mix(plan.Seed, (ulong)date.DayNumber)).Share() * 2 - 1;
        var profile = plan.Profile;
        return profile.Weekdays[(int)date.DayOfWeek] * (1 + profile.Growth * progress) * (1 + profile.Noise * chance);
    }

    /// <summary>What share of the day's traffic lies inside of the plan: the first and the last day are not whole.</summary>
    static double Covered(HistoryPlan plan, DateTime start, DateTime end)
    {
        var hours = plan.Profile.Hours;
        var from = plan.From > start ? (plan.From - start).TotalHours : 0;
        var to = plan.To < end ? (plan.To - start).TotalHours : 24;
        return hours.Select((weight, hour) => weight * Math.Clamp(Math.Min(to, hour + 1) - Math.Max(from, hour), 0, 1)).Sum() / hours.Sum();
    }

    /// <summary>Where clocks jump at midnight, the day begins an hour later.</summary>
    static DateTime Midnight(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }
}
