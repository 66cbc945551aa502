using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Writes the unique visitors of a calendar month, of the site and of each ad. Which build holds is PostgreSQL's to say.</summary>
public sealed class MonthStore(RollupStore store)
{
    /// <param name="site">The site.</param>
    /// <param name="month">The first and the last instant, in the site's zone.</param>
    /// <param name="first">Its first day.</param>
    /// <param name="build">The number of the build; its rows hold once PostgreSQL names it.</param>
    /// <param name="cancel">Ends the statement.</param>
    public async Task BuildAsync(AuthorizedSite site, TimeRange month, DateOnly first, long build, CancellationToken cancel)
    {
        var insert = $"INSERT INTO rollup_months (site_id, month, build, ad_id, {string.Join(", ", MonthSql.Columns)})\n";
        var columns = $"{{site:UInt32}}, toDate('{first:yyyy-MM-dd}'), {build}, ";
        foreach (var plan in MonthSql.Of(new ReportQuery(site, month) { Metrics = [] }, insert, columns)) await store.RunAsync(plan, cancel);
    }
}
