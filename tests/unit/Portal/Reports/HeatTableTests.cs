using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tests.Reports;

namespace SaaS.Analytics.Tests.Portal.Reports;

public sealed class HeatTableTests
{
    [Fact]
    public void Hours_of_the_week_find_their_place_and_their_shade()
    {
        var site = SampleSite.New(1);
        var query = new ReportQuery(site, new TimeRange(ReportWorld.Now.AddDays(-7), ReportWorld.Now)) { Metrics = [Metrics.Get("visitors")], Dimensions = [Dimensions.Find("time:hour_of_week")!] };
        var heat = HeatTable.Of(new ReportResult(query, [new(["1 00:00"], [3]), new(["7 23:00"], [12]), new(["3 09:00"], [null])], new ReportMeta { Source = "raw", ElapsedMs = 0 }));
        Assert.Equal((3.0, 12.0, 0.0, 12.0), (heat.Cells[0][0], heat.Cells[6][23], heat.Cells[2][9], heat.Most));
        Assert.Equal([0, 1, 2, 6], new[] { 0, 1.0, 3, 12 }.Select(heat.Step));
    }
}
