namespace SaaS.Analytics.Reports;

/// <summary>Decides what a query reads: rollups and raw for the days they lack, raw alone, or a sample. A pure function.</summary>
public static class ReadingChoice
{
    /// <summary>Up to this long raw is quick enough, and exact.</summary>
    static readonly TimeSpan Short = TimeSpan.FromDays(7);

    /// <summary>So far back rollups have steps of 15 minutes.</summary>
    public static readonly TimeSpan QuartersKept = TimeSpan.FromDays(62);

    /// <summary>With more pieces of raw between the days of rollups one pass over raw is no slower.</summary>
    const int MostPieces = 20;

    public static Reading Of(ReportQuery query, SiteFacts facts, long sampleAbove)
    {
        if (WhyNot(query) is { } reason) return Raw(query, facts, sampleAbove, reason);
        if (GrainOf(query) is not { } grain) return Raw(query, facts, sampleAbove, "the zone or the steps asked for do not fit the days or the quarters of an hour that rollups keep");
        if (!RolledDimensions.Has(RolledDimensions.KeyOf(query)!, grain)) return Raw(query, facts, sampleAbove, "no rollup is kept by this dimension in these steps");
        var (days, raw) = Split(query, grain, facts);
        if (days.Count == 0) return Raw(query, facts, sampleAbove, "no day of the range is rolled up");
        if (raw.Count > MostPieces || Lacking(query, facts, raw) > query.Range.Length / 2) return Raw(query, facts, sampleAbove, "too much of the range is not rolled up");
        var rollup = new RollupReading(grain, days, query.Range);
        return new Reading(raw, $"the range is longer than 7 days: {days.Count} days from rollups, {raw.Count} pieces from raw (today, and days that changed or are not built)") { Rollup = rollup };
    }

    /// <summary>How much of the range is read raw, without what lies before the first day with events: there is next to nothing to read.</summary>
    static TimeSpan Lacking(ReportQuery query, SiteFacts facts, List<TimeRange> raw)
    {
        var begin = new Calendar(query.Site.TimeZone).Start(facts.Built.Keys.Min());
        return raw.Where(r => r.To > begin).Aggregate(TimeSpan.Zero, (sum, r) => sum + (r.To - (r.From > begin ? r.From : begin)));
    }

    static Reading Raw(ReportQuery query, SiteFacts facts, long sampleAbove, string why) => query.Exact || !(facts.EstimatedRows > sampleAbove)
        ? Reading.AllRaw(query.Range, why)
        : Reading.AllRaw(query.Range, $"{why}; about {facts.EstimatedRows} rows are more than {sampleAbove}: one visitor in {Reading.SampleOf} is read") with { Sampled = true };

    /// <summary>Why rollups cannot answer, whatever days they hold; null where they can.</summary>
    static string? WhyNot(ReportQuery query)
    {
        if (query.Range.Length <= Short) return "a week or less is read raw";
        var parts = Planner.PartsOf(query);
        if (query.Exact && parts.Exists(p => p.IsDistinct)) return "exact distinct counts were asked for";
        if (RolledDimensions.KeyOf(query) is not { } key) return "rollups are kept by one dimension at a time";
        if (!RolledDimensions.Has(key, RollupGrain.Day)) return $"no rollup is kept by {key}";
        if (parts.Find(p => p.Stored is null) is { } part) return $"{part.Name} cannot be added up over days";
        if (query.Metrics.Any(m => m.Formula.Contains(Metric.OfAll)) && query.Dimensions.Any(d => d.Bucket is null)) return "a share of all needs two rollups";
        if (query.Metrics.Any(m => m.Formula.Contains(Metric.BeforeGoals)) && (query.Filters.Any(f => f.IsGoal) || query.Dimensions.Any(d => d.Bucket is null))) return "a share of all needs two rollups";
        if (query.Filters.Any(Behaves)) return "what else a visitor has done is only in the raw events";
        return query.Filters.Any(f => f.AboutEvents) && parts.Exists(p => p.Arm != Arm.Events) ? "visits that had some event are only in the raw tables" : null;
    }

    static bool Behaves(Filter filter) => filter switch
    {
        HasDone => true,
        AllOf all => all.Filters.Any(Behaves),
        AnyOf any => any.Filters.Any(Behaves),
        Not not => Behaves(not.Filter),
        _ => false,
    };

    /// <summary>Whole days of the site where they do, else quarters of an hour; null where neither fits.</summary>
    static RollupGrain? GrainOf(ReportQuery query)
    {
        var time = query.Dimensions.FirstOrDefault(d => d.Scope == DimensionScope.Time);
        var byDay = time?.Bucket is TimeBucket.Day or TimeBucket.Week or TimeBucket.Month || time is null;
        if (byDay && query.TimeZone == query.Site.TimeZone) return RollupGrain.Day;
        return time?.Bucket is TimeBucket.Minute || Odd(query.Range.From) || Odd(query.Range.To) ? null : RollupGrain.QuarterHour;
    }

    static bool Odd(DateTime at) => at.Ticks % (15 * TimeSpan.TicksPerMinute) != 0;

    static (List<BuiltDay> Days, List<TimeRange> Raw) Split(ReportQuery query, RollupGrain grain, SiteFacts facts)
    {
        var calendar = new Calendar(query.Site.TimeZone);
        var (days, raw, at) = (new List<BuiltDay>(), new List<TimeRange>(), query.Range.From);
        foreach (var (first, last) in Runs(query, grain, facts, calendar, days))
        {
            var run = calendar.Days(first, last);
            if (run.From > at) raw.Add(new TimeRange(at, run.From));
            at = run.To;
        }
        if (at < query.Range.To) raw.Add(new TimeRange(at, query.Range.To));
        return (days, raw);
    }

    /// <summary>Days in a row that are rolled up, in order; each is added to <paramref name="days"/>.</summary>
    static List<(DateOnly First, DateOnly Last)> Runs(ReportQuery query, RollupGrain grain, SiteFacts facts, Calendar calendar, List<BuiltDay> days)
    {
        var (first, last) = (calendar.Day(query.Range.From), calendar.Day(query.Range.To.AddTicks(-1)));
        var oldest = grain == RollupGrain.Day ? DateOnly.MinValue : calendar.Day(facts.Now - QuartersKept).AddDays(1);
        if (grain == RollupGrain.Day && calendar.Start(first) < query.Range.From) first = first.AddDays(1);
        if (grain == RollupGrain.Day && calendar.Start(last.AddDays(1)) > query.Range.To) last = last.AddDays(-1);
        var runs = new List<(DateOnly First, DateOnly Last)>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (day < oldest || !facts.Built.TryGetValue(day, out var built)) continue;
            days.Add(built);
            if (runs.Count > 0 && runs[^1].Last.AddDays(1) == day) runs[^1] = (runs[^1].First, day);
            else runs.Add((day, day));
        }
        return runs;
    }
}
