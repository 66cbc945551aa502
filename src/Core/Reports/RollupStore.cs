using System.Globalization;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Makes and clears the rows of rollups in ClickHouse. Which of them hold is PostgreSQL's to say.</summary>
public sealed class RollupStore(ClickHouseClient client)
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    const long SpillAbove = 512L << 20;

    /// <summary>Writes all rows of a build for the days of the range.</summary>
    public async Task BuildAsync(AuthorizedSite site, TimeRange range, long build, RollupGrain grain, CancellationToken cancel)
    {
        var query = new ReportQuery(site, range) { Metrics = [] };
        foreach (var plan in RollupInsert.Of(query, build, grain)) await RunAsync(plan, cancel);
    }

    /// <summary>Events of each day of the range, bots and engagement included, and how many of them reports count.</summary>
    public Task<Dictionary<DateOnly, (long Rows, long Counted)>> RawAsync(AuthorizedSite site, TimeRange range, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var sql = $"""
            SELECT toInt64(toDate(e.timestamp, {parameters.Add("zone", "String", site.TimeZone)})) AS day, count(), countIf(e.name != 'engagement' AND e.bot_score < {Store.EventRow.BotThreshold})
            FROM events AS e WHERE e.site_id = {parameters.Add("site", "UInt32", site.Id)} AND e.{EventColumns.Counts}
            AND e.timestamp >= {parameters.Time("from", range.From)} AND e.timestamp < {parameters.Time("to", range.To)} GROUP BY day
            """;
        return CountsAsync(sql, parameters, cancel);
    }

    /// <summary>Events that the rollups of each built day count.</summary>
    public Task<Dictionary<DateOnly, (long Rows, long Counted)>> RolledAsync(AuthorizedSite site, IReadOnlyCollection<BuiltDay> days, CancellationToken cancel)
    {
        if (days.Count == 0) return Task.FromResult(new Dictionary<DateOnly, (long Rows, long Counted)>());
        var parameters = new SqlParameters();
        var sql = $"""
            SELECT toInt64(r.day) AS day, count(), sum(r.events) FROM rollups AS r
            WHERE r.site_id = {parameters.Add("site", "UInt32", site.Id)} AND r.grain = 0 AND r.dimension = ''
            AND (r.day, r.build) IN ({string.Join(',', days.Select(d => $"(toDate({d.Day.DayNumber - Epoch}),{d.Build})"))}) GROUP BY day
            """;
        return CountsAsync(sql, parameters, cancel);
    }

    /// <summary>The site's first day with events, in its zone; null where there are none.</summary>
    public async Task<DateOnly?> FirstDayAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var sql = $"SELECT toInt64(toDate(min(e.timestamp), {parameters.Add("zone", "String", site.TimeZone)})), count() FROM events AS e WHERE e.site_id = {parameters.Add("site", "UInt32", site.Id)} AND e.{EventColumns.Counts}";
        var (day, count) = (await RowsAsync(sql, parameters, cancel)).Select(r => (Number(r[0]), Number(r[1]))).Single();
        return count == 0 ? null : Day(day);
    }

    /// <summary>Deletes rows of builds that no longer hold: all of the site's that are none of <paramref name="valid"/> and older than <paramref name="before"/>.</summary>
    /// <returns>How many days' rows went.</returns>
    public async Task<int> ClearAsync(int siteId, IReadOnlySet<(DateOnly Day, long Build)> valid, long before, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var site = parameters.Add("site", "UInt32", siteId);
        var found = await RowsAsync($"SELECT DISTINCT toInt64(r.day), r.build FROM rollups AS r WHERE r.site_id = {site} AND r.build < {before}", parameters, cancel);
        var stale = found.Select(r => (Day: Day(Number(r[0])), Build: Number(r[1]))).Where(d => !valid.Contains(d)).ToList();
        foreach (var part in stale.Chunk(MostPairs))
            await RunAsync(new Plan($"DELETE FROM rollups WHERE site_id = {site} AND (day, build) IN ({string.Join(',', part.Select(d => $"(toDate({d.Day.DayNumber - Epoch}),{d.Build})"))})", parameters.All, ""), cancel);
        return stale.Count;
    }

    const int MostPairs = 2000;
    static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    internal Task RunAsync(Plan plan, CancellationToken cancel) => client.ExecuteNonQueryAsync(plan.Sql, Parameters(plan.Parameters), Options(), cancel);

    async Task<Dictionary<DateOnly, (long Rows, long Counted)>> CountsAsync(string sql, SqlParameters parameters, CancellationToken cancel) =>
        (await RowsAsync(sql, parameters, cancel)).ToDictionary(r => Day(Number(r[0])), r => (Number(r[1]), Number(r[2])));

    async Task<List<object[]>> RowsAsync(string sql, SqlParameters parameters, CancellationToken cancel)
    {
        var rows = new List<object[]>();
        using var reader = await client.ExecuteReaderAsync(sql.ReplaceLineEndings("\n"), Parameters(parameters.All), Options(), cancel);
        while (reader.Read())
        {
            rows.Add(new object[reader.FieldCount]);
            reader.GetValues(rows[^1]);
        }
        return rows;
    }

    static DateOnly Day(long number) => DateOnly.FromDayNumber(Epoch + (int)number);

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    static ClickHouseParameterCollection Parameters(IEnumerable<SqlParameter> list)
    {
        var parameters = new ClickHouseParameterCollection();
        foreach (var p in list) parameters.Add(new ClickHouseDbParameter { ParameterName = p.Name, ClickHouseType = p.Type, Value = p.Value });
        return parameters;
    }

    /// <summary>One thread: nobody waits for it, and reports go on beside it.</summary>
    static QueryOptions Options() => new()
    {
        MaxExecutionTime = Longest,
        CustomSettings = new Dictionary<string, object>
        {
            ["max_threads"] = 1, ["max_bytes_before_external_group_by"] = SpillAbove, ["mutations_sync"] = 0, ["lightweight_deletes_sync"] = 0,
        },
    };
}
