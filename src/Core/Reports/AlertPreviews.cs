using System.Globalization;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>When a rule about visits would have fired, asked of the stored visits by the evaluator that the workers use.</summary>
/// <param name="Alerts">The latest first.</param>
/// <param name="IsCut">There were more visits than were looked at.</param>
public sealed record AlertPreview(IReadOnlyList<VisitAlert> Alerts, bool IsCut);

/// <summary>Asks what a rule about visits would have done in the last seven days.</summary>
public sealed class AlertPreviews(ReportStore store, VisitorPasts pasts, TimeProvider time)
{
    const int MostRows = 20_000;
    public static readonly TimeSpan Back = TimeSpan.FromDays(7);

    /// <summary>Quiet times are kept, as if the rule had been in force from the first of the seven days on.</summary>
    /// <param name="site">Whose visits.</param>
    /// <param name="kind">The rule's kind, about visits.</param>
    /// <param name="settings">The rule.</param>
    /// <param name="past">What it asks of the visitors' pasts, as they are now.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<AlertPreview> RunAsync(AuthorizedSite site, AlertKind kind, AlertSettings settings, VisitorPast past, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (isReturn, isSeen) = (kind == AlertKinds.Returning, settings.Text("page_seen").Length > 0);
        var rows = await store.RowsAsync(isReturn && !isSeen ? Returns(site, now) : Events(site, isReturn ? "pageview" : settings.Text("event"), now), site, cancel);
        var rule = new SiteAlerts([(Guid.Empty, kind.Key, settings)], site.TimeZone);
        var quiet = new Quiet(settings);
        var alerts = new List<VisitAlert>();
        var firing = rows.Take(MostRows).Select(r => new Row(site.Id, r)).OrderBy(r => r.At)
            .Where(r => (!isReturn ? rule.Happens(r.Visit, r.Event, r.At) : isSeen ? rule.Sees(r.Visit, r.Event.Page, r.At) : rule.Returns(r.Visit, r.At)).Any()).ToList();
        var who = past.IsAsked ? await pasts.WhoAsync(site, past, [.. firing.Select(r => r.Visit.VisitorId).Distinct()], cancel) : null;
        foreach (var row in firing)
            if (who?.Contains(row.Visit.VisitorId) != false && quiet.Lets(row.Visit, row.At))
                alerts.Add(new VisitAlert([], row.Visit, row.Event.Name, row.Event.Page, row.At, row.At));
        alerts.Reverse();
        return new AlertPreview(alerts, rows.Count > MostRows);
    }

    const string VisitFields = """
        v.visit_id, v.visitor_id, toUnixTimestamp64Milli(v.start), v.visit_number, v.previous, v.visitor_mode = 'consented', if(v.user_id != '', v.user_id, p.user_id),
        p.user_verified, mapKeys(p.traits), mapValues(p.traits), v.entry_hostname, v.entry_path, v.source, v.channel, v.utm_campaign, v.country, v.city, v.browser, v.os
        """;

    /// <summary>Visits of visitors who were there lately, each with the end of the visitor's visit before.</summary>
    static string Visits(SqlParameters p, int siteId, DateTime from) => $"""
        (SELECT *, toUnixTimestamp64Milli(lagInFrame(end, 1, toDateTime64(0, 3, 'UTC')) OVER (PARTITION BY visitor_id ORDER BY start ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS previous
         FROM visits FINAL WHERE site_id = {p.Add("site", "UInt32", siteId)} AND merged_into = 0 AND visitor_id IN (
             SELECT visitor_id FROM visits WHERE site_id = {p.Add("site", "UInt32", siteId)} AND start >= {p.Time("visits_from", from)})) AS v
        """;

    static string People(SqlParameters p, int siteId) => $"""
        LEFT JOIN (SELECT visitor_id, user_id, user_verified, CAST(traits, 'Map(String, String)') AS traits FROM visitors FINAL
                   WHERE site_id = {p.Add("site", "UInt32", siteId)}) AS p ON p.visitor_id = v.visitor_id
        """;

    static Plan Returns(AuthorizedSite site, DateTime now)
    {
        var p = new SqlParameters();
        var sql = $"""
            SELECT {VisitFields}, toUnixTimestamp64Milli(v.start), 'pageview', v.entry_path, [] :: Array(String), [] :: Array(String)
            FROM {Visits(p, site.Id, now - Back)} {People(p, site.Id)}
            WHERE v.start >= {p.Time("from", now - Back)} AND v.visit_number >= 2 AND v.bot_score < {EventRow.BotThreshold}
            ORDER BY v.start DESC LIMIT {MostRows + 1}
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), p.All, "raw");
    }

    static Plan Events(AuthorizedSite site, string name, DateTime now)
    {
        var p = new SqlParameters();
        var sql = $"""
            SELECT {VisitFields}, toUnixTimestamp64Milli(e.timestamp), e.name, e.path, mapKeys(e.props), mapValues(e.props)
            FROM (SELECT visit_id, timestamp, name, path, CAST(props, 'Map(String, String)') AS props FROM events
                  WHERE site_id = {p.Add("site", "UInt32", site.Id)} AND {EventColumns.Counts} AND timestamp >= {p.Time("from", now - Back)} AND name = {p.Add("name", "String", name)}
                    AND bot_score < {EventRow.BotThreshold} ORDER BY timestamp DESC LIMIT {MostRows + 1}) AS e
            INNER JOIN {Visits(p, site.Id, now - Back - TimeSpan.FromDays(1))} ON v.visit_id = e.visit_id {People(p, site.Id)}
            ORDER BY e.timestamp DESC LIMIT {MostRows + 1}
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), p.All, "raw");
    }

    /// <summary>One row of either query.</summary>
    sealed class Row
    {
        public Row(int siteId, object[] r)
        {
            (At, Event) = (Time(r[19]), new EventFacts(Text(r[20]), Text(r[21]), Pairs(r[22], r[23])));
            var previous = Time(r[4]);
            Visit = new VisitFacts
            {
                SiteId = siteId, VisitId = Convert.ToUInt64(r[0], CultureInfo.InvariantCulture), VisitorId = Convert.ToUInt64(r[1], CultureInfo.InvariantCulture),
                Start = Time(r[2]), Number = Convert.ToUInt32(r[3], CultureInfo.InvariantCulture), PreviousEnd = previous > DateTime.UnixEpoch ? previous : null,
                IsConsented = Convert.ToBoolean(r[5], CultureInfo.InvariantCulture), UserId = Text(r[6]), Verified = Convert.ToBoolean(r[7], CultureInfo.InvariantCulture),
                Traits = Pairs(r[8], r[9]), Host = Text(r[10]), Page = Text(r[11]), Source = Text(r[12]), Channel = Text(r[13]), Campaign = Text(r[14]),
                Country = Text(r[15]), City = Text(r[16]), Device = $"{Text(r[17])}, {Text(r[18])}",
            };
        }

        public VisitFacts Visit { get; }
        public EventFacts Event { get; }
        public DateTime At { get; }

        static string Text(object value) => (string)value;

        static DateTime Time(object ms) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(ms, CultureInfo.InvariantCulture)).UtcDateTime;

        static List<KeyValuePair<string, string>> Pairs(object keys, object values) =>
            [.. ((Array)keys).Cast<string>().Zip(((Array)values).Cast<string>(), KeyValuePair.Create)];
    }

    /// <summary>What the rule's quiet times leave; each visit fires once.</summary>
    sealed class Quiet(AlertSettings settings)
    {
        readonly TimeSpan ofVisitor = TimeSpan.FromHours((double)settings.Number("quiet_visitor"));
        readonly TimeSpan ofRule = TimeSpan.FromMinutes((double)settings.Number("quiet_rule"));
        readonly Dictionary<ulong, DateTime> visitors = [];
        readonly HashSet<ulong> visits = [];
        DateTime last = DateTime.MinValue;

        public bool Lets(VisitFacts visit, DateTime at)
        {
            if (!visits.Add(visit.VisitId) || at - last < ofRule || (visitors.TryGetValue(visit.VisitorId, out var before) && at - before < ofVisitor)) return false;
            visitors[visit.VisitorId] = last = at;
            return true;
        }
    }
}
