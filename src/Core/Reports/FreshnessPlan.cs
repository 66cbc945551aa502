using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

static class FreshnessPlan
{
    static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    /// <summary>One number: receipt in milliseconds since 1970 of the newest event of the range's last day; 0 where there is none.</summary>
    public static Plan Of(AuthorizedSite site, TimeRange range)
    {
        var parameters = new SqlParameters();
        var from = range.Length > LookBack ? range.To - LookBack : range.From;
        var sql = $"""
            SELECT toUnixTimestamp64Milli(max(e.received_at)) FROM events AS e
            WHERE e.site_id = {parameters.Add("site", "UInt32", site.Id)}
            AND e.{EventColumns.Counts} AND e.timestamp >= {parameters.Time("from", from)} AND e.timestamp < {parameters.Time("to", range.To)}
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }
}
