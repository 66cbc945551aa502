using SaaS.Analytics.Alerts;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Reads, for rules about what is unusual, the hours before one that has ended and the same hours of the weeks before, in the sites' time zones.</summary>
sealed class UsualHours(LiveMetrics metrics, ChangeParts parts)
{
    /// <summary>Clocks change by an hour: the same hour of a site's week may be an hour off in UTC.</summary>
    static readonly TimeSpan ClockChange = TimeSpan.FromHours(1);

    /// <param name="rules">That look at the hour.</param>
    /// <param name="hour">It.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Rules whose sites have been counted for too few weeks are missing.</returns>
    public async Task<List<Looked>> ReadAsync(IReadOnlyList<FiringRule> rules, MetricWindow hour, CancellationToken cancel)
    {
        var times = Enumerable.Range(0, AnomalyTest.MostWeeks + 1).Select(week => Stretch(hour.From, week)).ToList();
        var readings = new List<Looked>();
        foreach (var asked in rules.GroupBy(r => r.Settings.Text("event")))
        {
            var counts = await metrics.HoursAsync(asked.Select(r => r.Rule.SiteId).Distinct(), times, asked.Key, cancel);
            foreach (var rule in asked)
                if (Judge(rule, hour, counts) is { } judged)
                    readings.Add(judged.Holds ? judged with { Reading = await ExplainedAsync(rule, judged.Reading, cancel) } : judged);
        }
        return readings;
    }

    async Task<MetricReading> ExplainedAsync(FiringRule rule, MetricReading reading, CancellationToken cancel)
    {
        var usual = Enumerable.Range(1, AnomalyTest.FewestWeeks).Select(week => SameHour(reading.From, week, rule.TimeZone)).Select(from => (from, from + (reading.To - reading.From))).ToList();
        return reading with
        {
            Because = await parts.ReadAsync(rule.Rule.SiteId, rule.Settings.Text("metric"), rule.Settings.Text("event"), (reading.From, reading.To), usual, cancel),
        };
    }

    static (DateTime From, DateTime To) Stretch(DateTime hour, int week)
    {
        var (from, to) = (hour.AddDays(-7 * week).AddHours(1 - AnomalyTest.Hours), hour.AddDays(-7 * week).AddHours(1));
        return week == 0 ? (from, to) : (from - ClockChange, to + ClockChange);
    }

    static Looked? Judge(FiringRule rule, MetricWindow hour, IReadOnlyDictionary<(int, DateTime), SiteCounts> counts)
    {
        var weeks = Enumerable.Range(0, AnomalyTest.MostWeeks + 1).Select(week => Hours(rule, SameHour(hour.From, week, rule.TimeZone), counts)).ToList();
        var before = weeks.Skip(1).Where(IsCounted).ToList();
        if (before.Count < AnomalyTest.FewestWeeks) return null;
        var finding = AnomalyTest.Judge(weeks[0], before, (double)rule.Settings.Number("strictness"), (double)rule.Settings.Number("minimum"));
        var reading = new MetricReading(finding.Value, finding.Expected, hour.To.AddHours(-finding.Hours), hour.To) { Low = finding.Low, High = finding.High };
        return new Looked(rule, reading, finding.Differs && MetricTest.Holds(rule.Rule.Kind, rule.Settings, reading));
    }

    static HoursOfWeek Hours(FiringRule rule, DateTime last, IReadOnlyDictionary<(int, DateTime), SiteCounts> counts) =>
        back => counts.GetValueOrDefault((rule.Rule.SiteId, last.AddHours(-back))) is { } found ? AlertNumbers.Value(rule, found) : 0;

    /// <summary>A week in which nothing came, or in which there was no site yet, says nothing of what is usual.</summary>
    static bool IsCounted(HoursOfWeek week) => Enumerable.Range(0, AnomalyTest.Hours).Any(back => week(back) > 0);

    static DateTime SameHour(DateTime utc, int week, string timeZone)
    {
        if (week == 0) return utc;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var known) ? known : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone).AddDays(-7 * week);
        var same = MetricWindow.Utc(local, zone);
        return new DateTime(same.Ticks - same.Ticks % TimeSpan.TicksPerHour, DateTimeKind.Utc);
    }
}
