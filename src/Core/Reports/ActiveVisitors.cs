using System.Globalization;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Who is active now, counted in the store: the start of a live board, whose numbers then come from the workers.</summary>
public sealed class ActiveVisitors(ReportStore store, TimeProvider time)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Distinct visitors with any event in the last 5 minutes.</summary>
    public async Task<int> CountAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var parameters = new SqlParameters();
        var sql = $"""
            SELECT uniqExact(e.visitor_id) FROM events AS e
            WHERE e.site_id = {parameters.Add("site", "UInt32", site.Id)} AND e.{EventColumns.Counts} AND e.bot_score < {EventRow.BotThreshold}
            AND e.timestamp > {parameters.Time("from", now - Window)} AND e.timestamp <= {parameters.Time("to", now)}
            """;
        var rows = await store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw"), cancel);
        return Convert.ToInt32(rows[0][0], CultureInfo.InvariantCulture);
    }
}
