using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Which days of a site may be read from rollups, as PostgreSQL knew some seconds ago; none while it is away.</summary>
/// <param name="databases">Null where no rollups are kept.</param>
/// <param name="time">For the age of what is remembered.</param>
/// <param name="log">Is told when PostgreSQL is away.</param>
public sealed partial class RollupDays(IDbContextFactory<SystemDb>? databases, TimeProvider time, ILogger<RollupDays> log)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    static readonly Dictionary<DateOnly, BuiltDay> None = [];

    readonly ConcurrentDictionary<int, (long At, IReadOnlyDictionary<DateOnly, BuiltDay> Days)> known = [];

    /// <summary>Published, made with the settings of now, and not marked as changed since.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, BuiltDay>> OfAsync(AuthorizedSite site, CancellationToken cancel)
    {
        if (databases is null) return None;
        if (known.TryGetValue(site.Id, out var last) && time.GetElapsedTime(last.At) < Remembered) return last.Days;
        var at = time.GetTimestamp();
        try
        {
            var days = await ReadAsync(databases, site, cancel);
            known[site.Id] = (at, days);
            return days;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            Away(e.Message);
            return None;
        }
    }

    /// <summary>A repair of visits of the site waits or is at work: rows of visits may be there before the new labels of their events.</summary>
    public async Task<bool> IsUnderRepairAsync(AuthorizedSite site, CancellationToken cancel)
    {
        if (databases is null) return false;
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            return await db.VisitRepairs.AnyAsync(r => r.SiteId == site.Id, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            Away(e.Message);
            return false;
        }
    }

    static async Task<Dictionary<DateOnly, BuiltDay>> ReadAsync(IDbContextFactory<SystemDb> databases, AuthorizedSite site, CancellationToken cancel)
    {
        var (id, settings) = (site.Id, RollupSettings.Of(site.TimeZone, site.BounceSeconds));
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.RollupDays.AsNoTracking()
            .Where(d => d.SiteId == id && d.Settings == settings && !db.DirtyDays.Any(x => x.SiteId == id && x.Day == d.Day))
            .Select(d => new BuiltDay(d.Day, d.Build, d.RawRows)).ToDictionaryAsync(d => d.Day, cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Reports read raw events: which days are rolled up cannot be asked. {Reason}")]
    partial void Away(string reason);
}
