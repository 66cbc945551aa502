using System.Globalization;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <param name="Id">As shown and searched: hexadecimal.</param>
/// <param name="Consented">Recognised beyond a day; otherwise the id is that of one day.</param>
/// <param name="UserId">The site's own id of who signed in; may be empty.</param>
/// <param name="LastSeen">End of the last visit in the range, UTC.</param>
public sealed record ListedVisitor(string Id, bool Consented, string UserId, DateTime LastSeen, long Visits, long Pageviews, string Country, string City, string Device, string Browser, string Source);

/// <summary>One visit of a visitor.</summary>
public sealed record ListedVisit(string Id, DateTime Start, DateTime End, long Number, long Pageviews, long Events, string EntryPath, string ExitPath, string Source, string Channel, string Campaign, string Country, string City, string Device, string Browser, string Os);

/// <summary>What is remembered of a visitor.</summary>
public sealed record RememberedVisitor(bool Consented, DateTime FirstSeen, long Visits, string UserId, IReadOnlyDictionary<string, string> Traits, string Consent);

/// <summary>Visitors one by one, as far as their mode allows: cookieless ones are known for their day only.</summary>
public sealed class VisitorList(ReportStore store)
{
    const int MostVisits = 200;

    public async Task<IReadOnlyList<ListedVisitor>> FindAsync(AuthorizedSite site, TimeRange range, string? search, int limit, int offset, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var found = search is null ? "" : $"\nHAVING positionCaseInsensitiveUTF8(known_as, {p.Text(search)}) > 0 OR id = lower({p.Text(search)})";
        var rows = await store.RowsAsync(Plan(p, $"""
            SELECT lower(hex(v.visitor_id)) AS id, max(v.visitor_mode = 'consented') AS consented, max(v.user_id) AS known_as, max(v.end) AS last_seen, count(), sum(v.pageviews),
                argMax(v.country, v.start), argMax(v.city, v.start), argMax(v.device_type, v.start), argMax(v.browser, v.start), argMin(v.source, v.start)
            FROM visits AS v FINAL
            WHERE v.site_id = {p.Add("site", "UInt32", site.Id)} AND v.start >= {p.Time("from", range.From)} AND v.start < {p.Time("to", range.To)}
                AND v.first_received_at >= {p.Time("from", range.From)} AND v.merged_into = 0 AND v.bot_score < {EventRow.BotThreshold}
            GROUP BY v.visitor_id{found}
            ORDER BY last_seen DESC, id
            LIMIT {limit} OFFSET {offset}
            """), cancel);
        return [.. rows.Select(r => new ListedVisitor(Text(r[0]), Number(r[1]) != 0, Text(r[2]), Utc(r[3]), Number(r[4]), Number(r[5]), Text(r[6]), Text(r[7]), Text(r[8]), Text(r[9]), Text(r[10])))];
    }

    /// <returns>The last visits, the newest first.</returns>
    public async Task<IReadOnlyList<ListedVisit>> VisitsAsync(AuthorizedSite site, ulong visitor, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var rows = await store.RowsAsync(Plan(p, $"""
            SELECT lower(hex(v.visit_id)), v.start, v.end, v.visit_number, v.pageviews, v.events, v.entry_path, v.exit_path, v.source, v.channel, v.utm_campaign,
                v.country, v.city, v.device_type, v.browser, v.os
            FROM visits AS v FINAL
            WHERE v.site_id = {p.Add("site", "UInt32", site.Id)} AND v.visitor_id = {p.Add("visitor", "UInt64", visitor)} AND v.merged_into = 0
            ORDER BY v.start DESC
            LIMIT {MostVisits}
            """), cancel);
        return [.. rows.Select(r => new ListedVisit(
            Text(r[0]), Utc(r[1]), Utc(r[2]), Number(r[3]), Number(r[4]), Number(r[5]), Text(r[6]), Text(r[7]), Text(r[8]), Text(r[9]), Text(r[10]), Text(r[11]), Text(r[12]), Text(r[13]), Text(r[14]), Text(r[15])))];
    }

    /// <returns>Null where nothing is remembered.</returns>
    public async Task<RememberedVisitor?> RememberedAsync(AuthorizedSite site, ulong visitor, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var rows = await store.RowsAsync(Plan(p, $"""
            SELECT r.visitor_mode = 'consented', r.first_seen, r.visit_count, r.user_id, mapKeys(r.traits), mapValues(r.traits), r.consent
            FROM visitors AS r FINAL
            WHERE r.site_id = {p.Add("site", "UInt32", site.Id)} AND r.visitor_id = {p.Add("visitor", "UInt64", visitor)}
            """), cancel);
        return rows is not [var row] ? null : new RememberedVisitor(
            Number(row[0]) != 0, Utc(row[1]), Number(row[2]), Text(row[3]),
            ((Array)row[4]).Cast<object>().Zip(((Array)row[5]).Cast<object>()).ToDictionary(t => Text(t.First), t => Text(t.Second)), Text(row[6]));
    }

    static Plan Plan(SqlParameters parameters, string sql) => new(sql.ReplaceLineEndings("\n"), parameters.All, "raw");

    static DateTime Utc(object value) => value is DateTimeOffset offset ? offset.UtcDateTime : DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc);

    static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
