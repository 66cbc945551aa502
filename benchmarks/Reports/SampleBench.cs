using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Bench.Reports;

/// <summary>What a sample saves on a site with more than a million events a day, in rows read.</summary>
static class SampleBench
{
    const int Visits = 600_000;
    const int Fewer = 5;

    public static async Task<Figure> RunAsync(ReportStack stack)
    {
        var range = DateRanges.Named("2d", stack.Site, stack.Now.Date.AddDays(-400))!.Value;
        await stack.FillAsync(stack.Site.Id, range.From, range.To, 100_000_000, Visits);
        var query = new ReportQuery(stack.Site, range) { Metrics = [Metrics.Get("pageviews")] };
        var (all, sample) = (Reading.AllRaw(range), Reading.AllRaw(range) with { Sampled = true });
        var (full, part) = (await stack.Http.RunAsync(Planner.Plan(query, all)), await stack.Http.RunAsync(Planner.Plan(query, sample)));
        return Figure.Of("sample-rows", full.RowsRead, "rows read", part.RowsRead, Fewer);
    }
}
