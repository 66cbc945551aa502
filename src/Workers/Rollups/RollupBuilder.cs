using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>
/// Builds days of a site from raw and publishes them. A build has a number of its own; publishing moves each day's pointer to
/// it unless a later build was quicker. So a repeat, a second worker or one that wakes late can neither double nor undo.
/// </summary>
sealed class RollupBuilder(IDbContextFactory<SystemDb> databases, RollupStore store, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Throws what the stores throw, once the build is noted as failed; its rows are never read.</summary>
    public async Task BuildAsync(RollupSite site, RollupBatch batch, CancellationToken cancel)
    {
        var build = await BeginAsync(site, batch, cancel);
        try
        {
            var authorized = AuthorizedSite.ForRollups(site.Site);
            var range = site.Calendar.Days(batch.First, batch.Last);
            var raw = await store.RawAsync(authorized, range, cancel);
            await store.BuildAsync(authorized, range, build.Id, RollupGrain.Day, cancel);
            if (QuartersOf(site, batch) is { } recent) await store.BuildAsync(authorized, recent, build.Id, RollupGrain.QuarterHour, cancel);
            await PublishAsync(site, batch, build, raw.ToDictionary(r => r.Key, r => r.Value.Rows), cancel);
        }
        catch (Exception e)
        {
            await FailAsync(build.Id, e);
            throw;
        }
    }

    async Task<RollupBuild> BeginAsync(RollupSite site, RollupBatch batch, CancellationToken cancel)
    {
        var build = new RollupBuild { SiteId = site.Site.Id, FirstDay = batch.First, LastDay = batch.Last, Reason = batch.Reason, StartedAt = Now };
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(build);
        await db.SaveChangesAsync(cancel);
        return build;
    }

    /// <summary>The part of the days that is kept in steps of 15 minutes.</summary>
    TimeRange? QuartersOf(RollupSite site, RollupBatch batch)
    {
        var first = site.Calendar.Day(Now - ReadingChoice.QuartersKept);
        if (first < batch.First) first = batch.First;
        return first > batch.Last ? null : site.Calendar.Days(first, batch.Last);
    }

    async Task PublishAsync(RollupSite site, RollupBatch batch, RollupBuild build, Dictionary<DateOnly, long> raw, CancellationToken cancel)
    {
        DateOnly[] days = [.. batch.Days];
        long[] rows = [.. days.Select(d => raw.GetValueOrDefault(d))];
        var cleared = build.StartedAt - DirtyMarks.Standing;
        var (id, number, settings, now, total) = (site.Site.Id, build.Id, site.Settings, Now, rows.Sum());
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.rollup_days (site_id, day, build, raw_rows, settings)
            SELECT {id}, day, {number}, rows, {settings} FROM unnest({days}, {rows}) AS d (day, rows)
            ON CONFLICT (site_id, day) DO UPDATE SET build = excluded.build, raw_rows = excluded.raw_rows, settings = excluded.settings
            WHERE pipeline.rollup_days.build < excluded.build
            """, cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM pipeline.dirty_days WHERE site_id = {id} AND day = ANY({days}) AND marked_at < {cleared}", cancel);
        await db.Database.ExecuteSqlAsync($"UPDATE pipeline.rollup_builds SET finished_at = {now}, raw_rows = {total} WHERE id = {number}", cancel);
        await transaction.CommitAsync(cancel);
    }

    async Task FailAsync(long build, Exception error)
    {
        var (now, text) = (Now, error.ToString());
        await using var db = await databases.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"UPDATE pipeline.rollup_builds SET finished_at = {now}, error = {text} WHERE id = {build}");
    }
}
