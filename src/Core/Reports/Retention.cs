using System.Globalization;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Visitors who were first seen in the same step, and how many of them came back so many steps later.</summary>
/// <param name="Start">First day of the step.</param>
/// <param name="Size">Visitors first seen in it.</param>
/// <param name="Seen">How many of them were seen 0, 1, 2 … steps later; null for what is still to come.</param>
public sealed record Cohort(DateOnly Start, long Size, IReadOnlyList<long?> Seen);

/// <param name="Cohorts">The oldest first.</param>
/// <param name="Frequency">Visitors by their visits in the range.</param>
/// <param name="Recency">Returning visits by the days since the visit before.</param>
/// <param name="Coverage">Per cent of the visits whose visitors are recognised beyond a day; null where there is none.</param>
public sealed record RetentionTable(
    IReadOnlyList<Cohort> Cohorts, IReadOnlyList<KeyValuePair<string, long>> Frequency, IReadOnlyList<KeyValuePair<string, long>> Recency, double? Coverage);

/// <summary>Who comes back. Counts consented visitors only, as the others are not known beyond their day.</summary>
public sealed class Retention(ReportStore store, TimeProvider time)
{
    const int DaysFromMondayToEpoch = 3;
    static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);
    static readonly string[] Visits = ["1", "2", "3", "4–6", "7–12", "13 or more"];
    static readonly string[] Days = ["Same day", "1 day", "2–3 days", "4–7 days", "8–14 days", "15–30 days", "Longer"];

    /// <param name="site">Whose visitors.</param>
    /// <param name="range">Whoever was seen in it belongs to the cohort of the first time in it.</param>
    /// <param name="unit">Day, week or month.</param>
    /// <param name="steps">How far is looked.</param>
    /// <param name="cancel">The reader has gone.</param>
    public async Task<RetentionTable> OfAsync(AuthorizedSite site, TimeRange range, TimeBucket unit, int steps, CancellationToken cancel)
    {
        var cohorts = store.RowsAsync(CohortPlan(site, range, unit, steps), cancel);
        var frequency = store.RowsAsync(FrequencyPlan(site, range), cancel);
        var recency = store.RowsAsync(RecencyPlan(site, range), cancel);
        var coverage = store.RowsAsync(CoveragePlan(site, range), cancel);
        return new RetentionTable(
            Cohorts(await cohorts, unit, steps, Unit(new Calendar(site.TimeZone).Day(Earlier(range.To, time.GetUtcNow().UtcDateTime)), unit)),
            Named(await frequency, Visits), Named(await recency, Days),
            (await coverage)[0][0] is double share && double.IsFinite(share) ? share : null);
    }

    static DateTime Earlier(DateTime end, DateTime now) => end <= now ? end.AddTicks(-1) : now;

    static List<Cohort> Cohorts(List<object[]> rows, TimeBucket unit, int steps, long last) => [.. rows
        .Select(r => (Unit: Number(r[0]), Step: (int)Number(r[1]), Count: Number(r[2])))
        .GroupBy(r => r.Unit).OrderBy(g => g.Key)
        .Select(g => new Cohort(Start(g.Key, unit), g.First(r => r.Step == 0).Count,
            [.. Enumerable.Range(0, steps + 1).Select(s => g.Key + s > last ? (long?)null : g.Where(r => r.Step == s).Sum(r => r.Count))]))];

    static List<KeyValuePair<string, long>> Named(List<object[]> rows, string[] names)
    {
        var counts = rows.ToDictionary(r => (int)Number(r[0]), r => Number(r[1]));
        return [.. names.Select((name, i) => KeyValuePair.Create(name, counts.GetValueOrDefault(i)))];
    }

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>Steps are numbered without gaps, so that their difference is how much later.</summary>
    static string UnitSql(TimeBucket unit, string day) => unit switch
    {
        TimeBucket.Week => $"intDiv(toInt64(toMonday({day})) + {DaysFromMondayToEpoch}, 7)",
        TimeBucket.Month => $"toInt64(toYear({day})) * 12 + toMonth({day}) - 1",
        _ => $"toInt64({day})",
    };

    static long Unit(DateOnly day, TimeBucket unit) => unit switch
    {
        TimeBucket.Week => (day.DayNumber - Epoch.DayNumber + DaysFromMondayToEpoch) / 7,
        TimeBucket.Month => day.Year * 12 + day.Month - 1,
        _ => day.DayNumber - Epoch.DayNumber,
    };

    static DateOnly Start(long number, TimeBucket unit) => unit switch
    {
        TimeBucket.Week => Epoch.AddDays((int)(number * 7) - DaysFromMondayToEpoch),
        TimeBucket.Month => new DateOnly((int)(number / 12), (int)(number % 12) + 1, 1),
        _ => Epoch.AddDays((int)number),
    };

    static Plan CohortPlan(AuthorizedSite site, TimeRange range, TimeBucket unit, int steps)
    {
        var p = new SqlParameters();
        var day = $"toDate(e.timestamp, {p.Add("zone", "String", site.TimeZone)})";
        return Plan(p, $"""
            SELECT cohort, step, count()
            FROM
            (
                SELECT arraySort(groupUniqArray({UnitSql(unit, day)})) AS seen, seen[1] AS cohort
                FROM events AS e
                WHERE e.site_id = {p.Add("site", "UInt32", site.Id)} AND e.timestamp >= {p.Time("from", range.From)} AND e.timestamp < {p.Time("to", range.To)}
                    AND e.{EventColumns.Counts} AND e.name != 'engagement' AND e.bot_score < {EventRow.BotThreshold} AND e.visitor_mode = 'consented'
                GROUP BY e.visitor_id
            )
            ARRAY JOIN arrayMap(unit -> unit - cohort, seen) AS step
            WHERE step <= {p.Add("steps", "Int64", (long)steps)}
            GROUP BY cohort, step
            """);
    }

    static Plan FrequencyPlan(AuthorizedSite site, TimeRange range)
    {
        var p = new SqlParameters();
        return Plan(p, $"""
            SELECT multiIf(visits = 1, 0, visits = 2, 1, visits = 3, 2, visits <= 6, 3, visits <= 12, 4, 5) AS place, count()
            FROM (SELECT count() AS visits FROM visits AS v FINAL WHERE {Within(p, site, range)} AND v.visitor_mode = 'consented' GROUP BY v.visitor_id)
            GROUP BY place
            """);
    }

    static Plan RecencyPlan(AuthorizedSite site, TimeRange range)
    {
        var p = new SqlParameters();
        var zone = p.Add("zone", "String", site.TimeZone);
        return Plan(p, $"""
            SELECT multiIf(days = 0, 0, days = 1, 1, days <= 3, 2, days <= 7, 3, days <= 14, 4, days <= 30, 5, 6) AS place, count()
            FROM
            (
                SELECT arraySort(groupArray((v.start, v.end))) AS spans,
                    arrayMap(i -> dateDiff('day', toDate(spans[i].2, {zone}), toDate(spans[i + 1].1, {zone})), range(1, length(spans))) AS gaps
                FROM visits AS v FINAL WHERE {Within(p, site, range)} AND v.visitor_mode = 'consented' GROUP BY v.visitor_id
            )
            ARRAY JOIN gaps AS days
            GROUP BY place
            """);
    }

    static Plan CoveragePlan(AuthorizedSite site, TimeRange range)
    {
        var p = new SqlParameters();
        return Plan(p, $"SELECT 100 * countIf(v.visitor_mode = 'consented') / count() FROM visits AS v FINAL WHERE {Within(p, site, range)}");
    }

    static string Within(SqlParameters p, AuthorizedSite site, TimeRange range) =>
        $"v.site_id = {p.Add("site", "UInt32", site.Id)} AND v.start >= {p.Time("from", range.From)} AND v.start < {p.Time("to", range.To)}"
        + $" AND v.first_received_at >= {p.Time("from", range.From)} AND v.merged_into = 0 AND v.bot_score < {EventRow.BotThreshold}";

    static Plan Plan(SqlParameters parameters, string sql) => new(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
}
