using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>A calendar month, in the site's zone, of a site (no ad) or of one of its ads.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="State">Live until the month's last day, then provisional, final when no event of it can come any more.</param>
/// <param name="AdId">Empty: the site as a whole.</param>
/// <param name="UniqueVisitors">Consented visitors, each once; of an ad those who saw it.</param>
/// <param name="DailyCookielessVisitors">Cookieless visitors, each once a UTC day.</param>
/// <param name="Impressions">Of ads.</param>
/// <param name="Hits">Hits on ads, all of them.</param>
/// <param name="CountedClickers">Visitors with at least three hits on an ad, per ad.</param>
/// <param name="CountedHits">Their hits.</param>
public sealed record MonthRow(
    DateOnly Month, MonthState State, string AdId, long UniqueVisitors, long DailyCookielessVisitors, long Impressions, long Hits, long CountedClickers, long CountedHits);

public enum MonthState
{
    Live,
    Provisional,
    Final,
}

/// <summary>Unique visitors of a site and its ads by month: as rolled up, and the current month counted now.</summary>
public sealed class Months(ReportStore store, IDbContextFactory<SystemDb> databases, TimeProvider time)
{
    /// <summary>The newest month first; of each the site, then its ads.</summary>
    public async Task<IReadOnlyList<MonthRow>> OfAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var id = site.Id;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.RollupMonths.AsNoTracking().Where(m => m.SiteId == id).OrderByDescending(m => m.Month).ToListAsync(cancel);
        var calendar = new Calendar(site.TimeZone);
        var today = calendar.Day(time.GetUtcNow().UtcDateTime);
        var current = new DateOnly(today.Year, today.Month, 1);
        var live = known.Exists(m => m.Month == current) ? [] : await LiveAsync(site, calendar, current, cancel);
        return [.. live, .. await RolledAsync(site, known, cancel)];
    }

    async Task<List<MonthRow>> LiveAsync(AuthorizedSite site, Calendar calendar, DateOnly month, CancellationToken cancel)
    {
        var rows = new List<MonthRow>();
        var range = calendar.Days(month, month.AddMonths(1).AddDays(-1));
        foreach (var plan in MonthSql.Of(new ReportQuery(site, range) { Metrics = [] }))
            rows.AddRange((await store.RowsAsync(plan, site, cancel)).Select(r => Row(month, MonthState.Live, r, 0)).OrderBy(r => r.AdId, StringComparer.Ordinal));
        return rows;
    }

    async Task<IEnumerable<MonthRow>> RolledAsync(AuthorizedSite site, List<RollupMonth> known, CancellationToken cancel)
    {
        if (known.Count == 0) return [];
        var parameters = new SqlParameters();
        var sql = $"""
            SELECT m.build, m.ad_id, {string.Join(", ", MonthSql.Columns.Select(c => $"m.{c}"))} FROM rollup_months AS m
            WHERE m.site_id = {parameters.Add("site", "UInt32", site.Id)} AND (m.month, m.build) IN ({string.Join(',', known.Select(m => $"(toDate('{m.Month:yyyy-MM-dd}'),{m.Build})"))})
            ORDER BY m.month DESC, m.ad_id
            """;
        var byBuild = known.ToDictionary(m => m.Build);
        return (await store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "rollup"), site, cancel)).Select(r =>
        {
            var month = byBuild[Number(r[0])];
            return Row(month.Month, month.Final ? MonthState.Final : MonthState.Provisional, r, 1);
        });
    }

    static MonthRow Row(DateOnly month, MonthState state, object[] row, int at) => new(
        month, state, (string)row[at], Number(row[at + 1]), Number(row[at + 2]), Number(row[at + 3]), Number(row[at + 4]), Number(row[at + 5]), Number(row[at + 6]));

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
