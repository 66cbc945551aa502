using System.Globalization;
using SaaS.Analytics.Reports;
using Calendar = SaaS.Analytics.Reports.Calendar;

namespace SaaS.Analytics.Bench.Reports;

/// <summary>A question of the overview, and the hand-written statement that gives the same numbers.</summary>
/// <param name="Query">As the page asks it.</param>
/// <param name="File">In <c>benchmarks/sql</c>.</param>
/// <param name="Values">Of the statement, beside those of every statement.</param>
sealed record OverviewQuestion(ReportQuery Query, string File, Dictionary<string, string> Values)
{
    const int Shown = 9;

    /// <summary>All questions of the page for a period, the period before included.</summary>
    public static List<OverviewQuestion> Of(ReportStack stack, string period)
    {
        var range = DateRanges.Named(period, stack.Site, stack.Now)!.Value;
        var before = Comparisons.Of(range, Comparison.PreviousPeriod, new Calendar(stack.Site.TimeZone));
        return [.. In(stack, range), .. Compared(stack, before)];
    }

    static IEnumerable<OverviewQuestion> In(ReportStack stack, TimeRange range)
    {
        foreach (var question in Compared(stack, range)) yield return question;
        yield return new(Ask(stack, range, "visitors"), "visitors", []);
        foreach (var (key, column) in new[] { ("visit:channel", "channel"), ("visit:country", "country"), ("visit:device", "device_type") })
            yield return new(Top(stack, range, key), "top-visits", new() { ["dimension"] = key, ["column"] = column });
        yield return new(Top(stack, range, Dimensions.Page), "top-events", new() { ["dimension"] = Dimensions.Page, ["column"] = "path" });
    }

    static IEnumerable<OverviewQuestion> Compared(ReportStack stack, TimeRange range)
    {
        yield return new(Ask(stack, range, "visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"), "totals", []);
        var weeks = range.Length.TotalDays > 100;
        yield return new(Ask(stack, range, "visitors") with { Dimensions = [Dimensions.OfTime(weeks ? TimeBucket.Week : TimeBucket.Day)] }, "series", new()
        {
            ["bucket"] = weeks ? "toInt64(toMonday(day))" : "toInt64(day)",
            ["raw_bucket"] = weeks ? "toInt64(toMonday(toDate(timestamp, '" + stack.Site.TimeZone + "')))" : "toInt64(toDate(timestamp, '" + stack.Site.TimeZone + "'))",
        });
    }

    static ReportQuery Ask(ReportStack stack, TimeRange range, params string[] metrics) => new(stack.Site, range) { Metrics = [.. metrics.Select(Metrics.Get)] };

    public static ReportQuery Top(ReportStack stack, TimeRange range, string dimension) =>
        Ask(stack, range, "visitors") with { Dimensions = [Dimensions.Get(dimension)], Limit = Shown };

    /// <summary>The statement: days that are rolled up from rollups, what comes after them from raw.</summary>
    public string Sql(ReportStack stack)
    {
        var calendar = new Calendar(stack.Site.TimeZone);
        var (first, last) = (calendar.Day(Query.Range.From), calendar.Day(Query.Range.To.AddTicks(-1)));
        var days = stack.Built.Values.Where(d => d.Day >= first && d.Day <= last).OrderBy(d => d.Day).ToList();
        var rawFrom = days.Count > 0 ? calendar.Start(days[^1].Day.AddDays(1)) : Query.Range.From;
        return SqlFile.Read(File, new Dictionary<string, string>(Values)
        {
            ["site"] = $"{stack.Site.Id}", ["first"] = $"{first:yyyy-MM-dd}", ["last"] = $"{last:yyyy-MM-dd}",
            ["builds"] = days.Count == 0 ? "(toDate('1970-01-01'), 0)" : string.Join(',', days.Select(d => $"(toDate('{d.Day:yyyy-MM-dd}'),{d.Build})")),
            ["raw_from"] = $"{ReportStack.Ms(rawFrom)}", ["raw_to"] = $"{ReportStack.Ms(Query.Range.To)}",
        });
    }

    /// <summary>Throws where the two answers differ: then the times say nothing.</summary>
    public void Check(Answer ours, BareAnswer theirs)
    {
        var rows = ours.Rows.Where(r => Query.Series is null || r.Metrics[0] > 0).ToList();
        var lines = theirs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToList();
        var same = rows.Count == lines.Count && rows.Zip(lines).All(p => p.First.Metrics.Zip(p.Second.TakeLast(p.First.Metrics.Count)).All(n => Same(n.First, n.Second)));
        if (!same) throw new InvalidOperationException($"{File}: ours is {string.Join(" / ", rows.Take(3).Select(r => string.Join(' ', r.Metrics)))}, by hand {theirs.Text[..Math.Min(300, theirs.Text.Length)]}");
    }

    static bool Same(double? ours, string theirs) => double.TryParse(theirs, CultureInfo.InvariantCulture, out var value)
        ? double.IsNaN(value) ? ours is null : Math.Abs((ours ?? 0) - value) <= 1e-6 * Math.Max(1, Math.Abs(value))
        : ours is null;
}
