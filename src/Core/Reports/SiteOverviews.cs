using System.Globalization;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <param name="SiteId">The site.</param>
/// <param name="VisitorsToday">Since midnight in the site's zone.</param>
/// <param name="VisitorsYesterday">Up to the same time of yesterday.</param>
/// <param name="Hours">Visitors in each of the last 24 hours, the current one last.</param>
public sealed record SiteOverview(int SiteId, long VisitorsToday, long VisitorsYesterday, IReadOnlyList<long> Hours);

/// <summary>The numbers of many sites' cards in one query.</summary>
public sealed class SiteOverviews(ReportStore store, TimeProvider time)
{
    const int HoursShown = 24;

    /// <returns>One for every site, by its id; all zeros where nothing came.</returns>
    public async Task<IReadOnlyDictionary<int, SiteOverview>> OfAsync(
        IReadOnlyCollection<AuthorizedSite> sites, CancellationToken cancel)
    {
        if (sites.Count == 0) return new Dictionary<int, SiteOverview>();
        var rows = await store.RowsAsync(Plan(sites, time.GetUtcNow().UtcDateTime), cancel);
        var found = rows.Select(Read).ToDictionary(o => o.SiteId);
        return sites.ToDictionary(s => s.Id, s => found.GetValueOrDefault(s.Id) ?? new SiteOverview(s.Id, 0, 0, new long[HoursShown]));
    }

    static SiteOverview Read(object[] row) => new(
        Convert.ToInt32(row[0], CultureInfo.InvariantCulture),
        Convert.ToInt64(row[1], CultureInfo.InvariantCulture),
        Convert.ToInt64(row[2], CultureInfo.InvariantCulture),
        [.. ((Array)row[3]).Cast<object>().Select(n => Convert.ToInt64(n, CultureInfo.InvariantCulture)).Reverse()]);

    static Plan Plan(IReadOnlyCollection<AuthorizedSite> sites, DateTime now)
    {
        var days = sites.Select(s => SiteDay.Of(s, now)).ToList();
        var parameters = new SqlParameters();
        var earliest = days.Select(d => d.Yesterday).Append(now.AddHours(-HoursShown)).Min();
        string Numbers(string name, Func<SiteDay, long> number) => parameters.Add(name, "Array(Int64)", days.Select(number).ToArray());
        var sql = $"""
            WITH {Numbers("sites", d => d.SiteId)} AS sites, toUnixTimestamp64Milli(e.timestamp) AS at, indexOf(sites, toInt64(e.site_id)) AS i
            SELECT e.site_id AS site,
                uniqExactIf(e.visitor_id, at >= {Numbers("todays", d => Ms(d.Today))}[i]) AS today,
                uniqExactIf(e.visitor_id, at >= {Numbers("yesterdays", d => Ms(d.Yesterday))}[i] AND at < {Numbers("same_times", d => Ms(d.SameTime))}[i]) AS yesterday,
                uniqExactResample(0, {HoursShown}, 1)(e.visitor_id, intDiv({parameters.Add("now", "Int64", Ms(now))} - at, 3600000)) AS hours
            FROM events AS e
            WHERE has(sites, toInt64(e.site_id)) AND e.site_id IN ({string.Join(", ", days.Select((d, n) => parameters.Add($"site{n}", "UInt32", d.SiteId)))})
                AND e.{EventColumns.Counts} AND e.timestamp >= {parameters.Time("earliest", earliest)} AND e.timestamp <= {parameters.Time("until", now)}
                AND e.name != 'engagement' AND e.bot_score < {EventRow.BotThreshold}
            GROUP BY site
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }

    static long Ms(DateTime at) => new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>A site's midnights and the moment yesterday that is as far into its day.</summary>
    sealed record SiteDay(int SiteId, DateTime Today, DateTime Yesterday, DateTime SameTime)
    {
        public static SiteDay Of(AuthorizedSite site, DateTime now)
        {
            var calendar = new Calendar(site.TimeZone);
            var day = calendar.Day(now);
            var (today, yesterday) = (calendar.Start(day), calendar.Start(day.AddDays(-1)));
            var same = yesterday + (now - today);
            return new SiteDay(site.Id, today, yesterday, same < today ? same : today);
        }
    }
}
