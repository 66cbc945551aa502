using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Events;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>
/// Unique visitors per month, of each site and each ad: provisional on the month's last day in the site's zone and again at
/// its end, final once no event of it can come any more. Months missed while nothing ran are caught up with.
/// </summary>
public sealed partial class MonthJob(
    IDbContextFactory<SystemDb> databases, MonthStore store, RollupStore rollups, TimeProvider clock, ILogger<MonthJob> log)
{
    const string Reason = "month";

    /// <summary>On the last day and the one after it, a provisional month is made anew after so long.</summary>
    static readonly TimeSpan Again = TimeSpan.FromHours(6);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>How many months were built.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var built = 0;
        foreach (var row in await db.Sites.AsNoTracking().Where(s => s.FirstEventAt != null).ToListAsync(cancel))
        {
            var site = RollupSite.Of(row, Now);
            var known = await db.RollupMonths.AsNoTracking().Where(m => m.SiteId == row.Id).ToDictionaryAsync(m => m.Month, cancel);
            var first = known.Count > 0 ? known.Keys.Min() : await rollups.FirstDayAsync(AuthorizedSite.ForRollups(row), cancel);
            if (first is not { } day) continue;
            foreach (var month in Due(site, new DateOnly(day.Year, day.Month, 1), known))
                if (await TryAsync(db, site, month, cancel)) built++;
        }
        return built;
    }

    /// <summary>A month that fails is on record and due again with the next run; it stops no other.</summary>
    async Task<bool> TryAsync(SystemDb db, RollupSite site, DateOnly month, CancellationToken cancel)
    {
        try
        {
            await BuildAsync(db, site, month, cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(log, e, site.Site.Id, month);
            return false;
        }
    }

    /// <summary>Months whose last day has come and which are not final, oldest first.</summary>
    IEnumerable<DateOnly> Due(RollupSite site, DateOnly first, Dictionary<DateOnly, RollupMonth> known)
    {
        for (var month = first; month.AddMonths(1).AddDays(-1) <= site.Today; month = month.AddMonths(1))
        {
            if (!known.TryGetValue(month, out var last)) yield return month;
            else if (!last.Final && (IsSettled(site, month) || (IsEnding(site, month) && Now - last.BuiltAt >= Again) || last.BuiltAt < End(site, month) && Now >= End(site, month)))
                yield return month;
        }
    }

    static DateTime End(RollupSite site, DateOnly month) => site.Calendar.Start(month.AddMonths(1));

    bool IsSettled(RollupSite site, DateOnly month) => Now >= End(site, month) + EventLimits.Lateness;

    bool IsEnding(RollupSite site, DateOnly month) => Now < End(site, month).AddDays(1);

    async Task BuildAsync(SystemDb db, RollupSite site, DateOnly month, CancellationToken cancel)
    {
        var (range, last) = (site.Calendar.Days(month, month.AddMonths(1).AddDays(-1)), month.AddMonths(1).AddDays(-1));
        var build = new RollupBuild { SiteId = site.Site.Id, FirstDay = month, LastDay = last, Reason = Reason, StartedAt = Now };
        db.Add(build);
        await db.SaveChangesAsync(cancel);
        try
        {
            await store.BuildAsync(AuthorizedSite.ForRollups(site.Site), range, month, build.Id, cancel);
            await PublishAsync(db, site, month, build, cancel);
        }
        catch (Exception e)
        {
            build.Error = e.ToString();
            throw;
        }
        finally
        {
            build.FinishedAt = Now;
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    /// <summary>Moves the pointer, unless a later build was quicker.</summary>
    static Task PublishAsync(SystemDb db, RollupSite site, DateOnly month, RollupBuild build, CancellationToken cancel)
    {
        // Judged by when it began: what came after that is not in it.
        var final = build.StartedAt >= End(site, month) + EventLimits.Lateness;
        var (id, number, at) = (site.Site.Id, build.Id, build.StartedAt);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.rollup_months (site_id, month, build, final, built_at) VALUES ({id}, {month}, {number}, {final}, {at})
            ON CONFLICT (site_id, month) DO UPDATE SET build = excluded.build, final = excluded.final, built_at = excluded.built_at
            WHERE pipeline.rollup_months.build < excluded.build
            """, cancel);
    }

    [LoggerMessage(LogLevel.Error, "Unique visitors of site {SiteId} in the month from {Month} on could not be counted")]
    static partial void Failed(ILogger log, Exception error, int siteId, DateOnly month);
}
