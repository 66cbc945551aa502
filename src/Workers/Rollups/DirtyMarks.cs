using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>
/// Says, before events are stored, that the sums of their days no longer hold. Today needs no mark: it is read raw, and not
/// built until it has been over for a while. A mark is remembered for some minutes, well under what a build leaves standing.
/// </summary>
public sealed class DirtyMarks(IDbContextFactory<SystemDb> databases, SiteCatalog sites, TimeProvider clock)
{
    /// <summary>A build clears only marks that were older than this when it began.</summary>
    public static readonly TimeSpan Standing = TimeSpan.FromMinutes(15);

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    const int MostRemembered = 100_000;

    readonly ConcurrentDictionary<(int SiteId, DateOnly Day), long> marked = [];

    /// <summary>Marks the days of events that are about to be stored. Costs nothing for those of today and those just marked.</summary>
    public async Task MarkAsync(IReadOnlyCollection<EventRow> events, CancellationToken cancel)
    {
        var days = DaysOf(events);
        if (days.Count > 0) await MarkAsync(days, cancel);
    }

    /// <summary>Marks days of the sites' zones.</summary>
    public async Task MarkAsync(IReadOnlyCollection<(int SiteId, DateOnly Day)> days, CancellationToken cancel)
    {
        int[] ids = [.. days.Select(d => d.SiteId)];
        DateOnly[] dates = [.. days.Select(d => d.Day)];
        var (now, at) = (clock.GetUtcNow().UtcDateTime, clock.GetTimestamp());
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.dirty_days (site_id, day, marked_at)
            SELECT DISTINCT site_id, day, {now} FROM unnest({ids}, {dates}) AS d (site_id, day) ORDER BY site_id, day
            ON CONFLICT (site_id, day) DO UPDATE SET marked_at = excluded.marked_at
            """, cancel);
        if (marked.Count > MostRemembered) marked.Clear();
        foreach (var day in days) marked[day] = at;
    }

    HashSet<(int SiteId, DateOnly Day)> DaysOf(IReadOnlyCollection<EventRow> events)
    {
        var days = new HashSet<(int SiteId, DateOnly Day)>();
        var (now, todays) = (clock.GetUtcNow().UtcDateTime, new Dictionary<int, (Calendar Calendar, DateTime Start)>());
        foreach (var e in events)
        {
            if (!todays.TryGetValue(e.SiteId, out var today)) todays[e.SiteId] = today = Today(e.SiteId, now);
            if (e.Timestamp >= today.Start) continue;
            var day = (e.SiteId, today.Calendar.Day(e.Timestamp));
            if (!IsMarked(day)) days.Add(day);
        }
        return days;
    }

    (Calendar Calendar, DateTime Start) Today(int siteId, DateTime now)
    {
        var calendar = new Calendar((sites.Rules(siteId)?.Zone ?? TimeZoneInfo.Utc).Id);
        return (calendar, calendar.Start(calendar.Day(now)));
    }

    bool IsMarked((int SiteId, DateOnly Day) day) => marked.TryGetValue(day, out var at) && clock.GetElapsedTime(at) < Remembered;
}
