using System.Globalization;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>One visit with its events and what is known of its visitor.</summary>
public sealed record VisitDetails(
    ulong VisitId, ulong VisitorId, DateTime Start, DateTime End, bool IsConsented, int Number, int Pageviews, int Events, string Source, string Channel,
    string Campaign, string Country, string City, string Device)
{
    public string UserId { get; init; } = "";
    public bool Verified { get; init; }
    public DateTime? FirstSeen { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>> Traits { get; init; } = [];

    /// <summary>In the order of their times; at most <see cref="VisitReader.MostEvents"/>.</summary>
    public IReadOnlyList<VisitEvent> List { get; init; } = [];

    /// <summary>The visitor's other visits, the latest first.</summary>
    public IReadOnlyList<OtherVisit> Others { get; init; } = [];
}

public sealed record VisitEvent(DateTime At, string Name, string Host, string Path, string Title, IReadOnlyList<KeyValuePair<string, string>> Props);

public sealed record OtherVisit(ulong VisitId, DateTime Start, int Number, string Page, string Source, int Pageviews);

/// <summary>Reads one visit of a site.</summary>
public sealed class VisitReader(ReportStore store)
{
    public const int MostEvents = 500;
    const int MostOthers = 20;

    /// <returns>Null where there is no such visit. A visit that was merged into another leads to that one.</returns>
    public async Task<VisitDetails?> FindAsync(AuthorizedSite site, ulong visitId, CancellationToken cancel)
    {
        if (await VisitAsync(site.Id, visitId, cancel) is not { } row) return null;
        var into = Convert.ToUInt64(row[14], CultureInfo.InvariantCulture);
        if (into != 0 && into != visitId) row = await VisitAsync(site.Id, into, cancel) ?? row;
        var visit = Read(row);
        var person = await PersonAsync(site.Id, visit.VisitorId, cancel);
        return visit with
        {
            UserId = Text(row[15]) is { Length: > 0 } user ? user : person is null ? "" : Text(person[0]),
            Verified = person is not null && Convert.ToBoolean(person[1], CultureInfo.InvariantCulture),
            FirstSeen = person is null ? null : Time(person[2]),
            Traits = person is null ? [] : Pairs(person[3], person[4]),
            List = await EventsAsync(site.Id, visit, visitId, cancel),
            Others = await OthersAsync(site.Id, visit, cancel),
        };
    }

    async Task<object[]?> VisitAsync(int siteId, ulong visitId, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var rows = await RowsAsync($"""
            SELECT visit_id, visitor_id, toUnixTimestamp64Milli(start), toUnixTimestamp64Milli(end), visitor_mode = 'consented', visit_number, pageviews, events, source,
                   channel, utm_campaign, country, city, concat(browser, ' ', browser_version, ', ', os), merged_into, user_id
            FROM visits FINAL WHERE site_id = {p.Add("site", "UInt32", siteId)} AND visit_id = {p.Add("visit", "UInt64", visitId)}
            ORDER BY merged_into LIMIT 1
            """, p, cancel);
        return rows.FirstOrDefault();
    }

    async Task<object[]?> PersonAsync(int siteId, ulong visitorId, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var rows = await RowsAsync($"""
            SELECT user_id, user_verified, toUnixTimestamp64Milli(first_seen), mapKeys(CAST(traits, 'Map(String, String)')), mapValues(traits)
            FROM visitors FINAL WHERE site_id = {p.Add("site", "UInt32", siteId)} AND visitor_id = {p.Add("visitor", "UInt64", visitorId)} LIMIT 1
            """, p, cancel);
        return rows.FirstOrDefault();
    }

    async Task<List<VisitEvent>> EventsAsync(int siteId, VisitDetails visit, ulong asked, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var rows = await RowsAsync($"""
            SELECT toUnixTimestamp64Milli(timestamp), name, hostname, path, title, mapKeys(CAST(props, 'Map(String, String)')), mapValues(props)
            FROM events WHERE site_id = {p.Add("site", "UInt32", siteId)} AND {EventColumns.Counts} AND timestamp BETWEEN {p.Time("from", visit.Start.AddDays(-1))} AND {p.Time("to", visit.End.AddDays(1))}
              AND visit_id IN ({p.Add("visit", "UInt64", visit.VisitId)}, {p.Add("asked", "UInt64", asked)}) AND name != 'engagement'
            ORDER BY timestamp LIMIT {MostEvents}
            """, p, cancel);
        return [.. rows.Select(r => new VisitEvent(Time(r[0]), Text(r[1]), Text(r[2]), Text(r[3]), Text(r[4]), Pairs(r[5], r[6])))];
    }

    async Task<List<OtherVisit>> OthersAsync(int siteId, VisitDetails visit, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var rows = await RowsAsync($"""
            SELECT visit_id, toUnixTimestamp64Milli(start), visit_number, entry_path, source, pageviews FROM visits FINAL
            WHERE site_id = {p.Add("site", "UInt32", siteId)} AND visitor_id = {p.Add("visitor", "UInt64", visit.VisitorId)} AND merged_into = 0
              AND visit_id != {p.Add("visit", "UInt64", visit.VisitId)} ORDER BY start DESC LIMIT {MostOthers}
            """, p, cancel);
        return [.. rows.Select(r => new OtherVisit(Id(r[0]), Time(r[1]), Int(r[2]), Text(r[3]), Text(r[4]), Int(r[5])))];
    }

    Task<List<object[]>> RowsAsync(string sql, SqlParameters parameters, CancellationToken cancel) =>
        store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw"), cancel);

    static VisitDetails Read(object[] r) => new(
        Id(r[0]), Id(r[1]), Time(r[2]), Time(r[3]), Convert.ToBoolean(r[4], CultureInfo.InvariantCulture), Int(r[5]), Int(r[6]), Int(r[7]), Text(r[8]), Text(r[9]),
        Text(r[10]), Text(r[11]), Text(r[12]), Text(r[13]).Trim(' ', ','));

    static ulong Id(object value) => Convert.ToUInt64(value, CultureInfo.InvariantCulture);

    static int Int(object value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);

    static string Text(object value) => (string)value;

    static DateTime Time(object ms) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(ms, CultureInfo.InvariantCulture)).UtcDateTime;

    static List<KeyValuePair<string, string>> Pairs(object keys, object values) =>
        [.. ((Array)keys).Cast<string>().Zip(((Array)values).Cast<string>(), KeyValuePair.Create)];
}
