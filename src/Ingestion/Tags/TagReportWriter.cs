using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>Adds the sums to PostgreSQL's every few seconds; while that is away they wait in memory.</summary>
sealed class TagReportWriter(TagReports reports, IDbContextFactory<SystemDb> databases, TimeProvider time, ILogger<TagReportWriter> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAsync();
        }
    }

    async Task WriteAsync()
    {
        var sums = reports.Take();
        if (sums.Count == 0) return;
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            await using var whole = await db.Database.BeginTransactionAsync();
            var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            foreach (var ((site, tag), sum) in sums.OrderBy(s => s.Key.Site.Id).ThenBy(s => s.Key.Tag))
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO tag_counts (tenant_id, site_id, day, tag, fired, failed, blocked)
                    SELECT {site.TenantId}, {site.Id}, {day}, {tag}, {sum[0]}, {sum[1]}, {sum[2]} WHERE EXISTS (SELECT 1 FROM sites WHERE id = {site.Id})
                    ON CONFLICT (site_id, day, tag) DO UPDATE SET fired = tag_counts.fired + excluded.fired,
                      failed = tag_counts.failed + excluded.failed, blocked = tag_counts.blocked + excluded.blocked
                    """);
            await whole.CommitAsync();
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Counts of tags could not be written; they wait.");
            foreach (var ((site, tag), sum) in sums) reports.Add(site, tag, sum[0], sum[1], sum[2]);
        }
    }
}
