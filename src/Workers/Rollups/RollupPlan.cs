using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>Which days of a site are to be built, the newest first; a pure function.</summary>
static class RollupPlan
{
    /// <summary>Days built by one set of statements.</summary>
    public const int MostDays = 31;

    /// <summary>A changed day is built again at most this often.</summary>
    static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <param name="site">The site.</param>
    /// <param name="first">Its first day with events.</param>
    /// <param name="built">Its published days, and when each was.</param>
    /// <param name="dirty">Its marks.</param>
    /// <param name="now">UTC.</param>
    public static IEnumerable<RollupBatch> Of(
        RollupSite site, DateOnly first, IReadOnlyDictionary<DateOnly, (RollupDay Day, DateTime At)> built, IReadOnlyDictionary<DateOnly, DateTime> dirty, DateTime now)
    {
        var settled = now - DirtyMarks.Standing;
        // The day before must have been over for as long as a mark stands.
        var last = site.Calendar.Day(settled).AddDays(-1);
        foreach (var marked in dirty.Keys.Where(d => d < first)) first = marked;
        return Enumerable.Reverse(Runs(first, last, Reason));

        string? Reason(DateOnly day)
        {
            if (dirty.TryGetValue(day, out var at) && at >= settled) return null;
            if (!built.TryGetValue(day, out var known) || known.Day.Settings != site.Settings) return RollupBatch.New;
            return dirty.ContainsKey(day) && known.At < now - Again ? RollupBatch.Changed : null;
        }
    }

    /// <summary>Days in a row with the same reason, never across a month's end: a month is a partition.</summary>
    static List<RollupBatch> Runs(DateOnly first, DateOnly last, Func<DateOnly, string?> reason)
    {
        var runs = new List<RollupBatch>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (reason(day) is not { } why) continue;
            if (runs is [.., var run] && run.Last.AddDays(1) == day && run.Reason == why && day.Day != 1) runs[^1] = run with { Last = day };
            else runs.Add(new RollupBatch(day, day, why));
        }
        return runs;
    }
}
