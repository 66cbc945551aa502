using System.Globalization;
using System.Runtime.CompilerServices;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Every event of a site as it is stored, bots included: a list of days, and the events of a day in their order.</summary>
public sealed class RawExport(ReportStore store)
{
    /// <summary>So many events are read at once.</summary>
    public const int Page = 5000;

    const string Zone = "'UTC'";

    /// <summary>Days (UTC) that have events, newest first.</summary>
    public async Task<IReadOnlyList<ExportDay>> DaysAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var sql = $"SELECT toString(toDate(e.timestamp, {Zone})) AS day, count() FROM events AS e WHERE {Whose(site, parameters)} GROUP BY day ORDER BY day DESC";
        var rows = await store.RowsAsync(new Plan(sql, parameters.All, "raw"), site, cancel);
        return [.. rows.Select(r => new ExportDay(DateOnly.ParseExact((string)r[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), Convert.ToInt64(r[1], CultureInfo.InvariantCulture)))];
    }

    /// <summary>Pages of events, the earliest first; each value a text, a number or null, in the order of <see cref="ExportColumns.All"/>.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="day">UTC.</param>
    /// <param name="after">The last event that is there already; null from the beginning.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<IReadOnlyList<object?[]>> EventsAsync(AuthorizedSite site, DateOnly day, EventPlace? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var rows = await store.RowsAsync(PageOf(site, day, after), site, cancel);
            if (rows.Count > 0) yield return [.. rows.Select(r => ExportColumns.All.Select((c, i) => c.Value(r[i])).ToArray())];
            if (rows.Count < Page) yield break;
            after = new EventPlace(ExportColumns.Utc(rows[^1][0]), (Guid)rows[^1][1]);
        }
    }

    static Plan PageOf(AuthorizedSite site, DateOnly day, EventPlace? after)
    {
        var parameters = new SqlParameters();
        var from = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var conditions = $"{Whose(site, parameters)} AND e.timestamp >= {parameters.Time("from", from)} AND e.timestamp < {parameters.Time("to", from.AddDays(1))}";
        if (after is { } place)
            conditions += $" AND (e.timestamp, e.event_id) > ({parameters.Time("after", place.At)}, {parameters.Add("after_id", "UUID", place.Id)})";
        var columns = string.Join(", ", ExportColumns.All.Select(c => c.Sql));
        return new Plan($"SELECT {columns} FROM events AS e WHERE {conditions} ORDER BY e.timestamp, e.event_id LIMIT {Page}", parameters.All, "raw");
    }

    static string Whose(AuthorizedSite site, SqlParameters parameters) => $"e.site_id = {parameters.Add("site", "UInt32", site.Id)} AND e.{EventColumns.Counts}";
}

/// <param name="Day">UTC.</param>
/// <param name="Events">How many there are.</param>
public sealed record ExportDay(DateOnly Day, long Events);
