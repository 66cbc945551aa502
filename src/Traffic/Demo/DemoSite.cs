using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Live;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Demo;

/// <summary>A site to look at: a tenant with a history, and visitors from now on.</summary>
public sealed class DemoSite(IServiceScopeFactory scopes, HistoryLoader loader, LiveTraffic live, IOptions<DemoSettings> settings)
{
    /// <summary>
    /// Makes what is missing of the tenant, the site and its history. Stopped in the middle it goes on at the next call;
    /// a second call on whole data is quick and changes nothing. The stores must be migrated.
    /// </summary>
    /// <param name="accessFile">Where the secrets are kept (mode 0600), made when missing.</param>
    /// <param name="progress">Told how far the history is.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<DemoAccess> PrepareAsync(string accessFile, IProgress<LoadProgress>? progress, CancellationToken cancel)
    {
        var access = await DemoAccess.OpenAsync(accessFile, cancel);
        await using var scope = scopes.CreateAsyncScope();
        var tenant = scope.ServiceProvider.GetRequiredService<DemoTenant>();
        var site = await tenant.EnsureAsync(access, Zone(), cancel);
        if (site.FirstEventAt is null)
        {
            var plan = Plan(site);
            await loader.LoadAsync(site.TrackingId, SiteRules.Of(site), plan, progress, cancel);
            await tenant.LoadedAsync(site, plan.From, cancel);
        }
        return access with { TrackingId = site.TrackingId };
    }

    /// <summary>Visitors from now on.</summary>
    /// <param name="access">What <see cref="PrepareAsync"/> returned.</param>
    /// <param name="collector">Origin of a collector that trusts this machine's <c>X-Forwarded-For</c>.</param>
    public void GoLive(DemoAccess access, Uri collector) =>
        live.Begin(new LiveTarget(collector, access.TrackingId, settings.Value.VisitsPerSecond));

    /// <summary>Ends at the minute the site was made, so that a later start makes the same.</summary>
    HistoryPlan Plan(Site site)
    {
        var end = new DateTime(site.CreatedAt.Ticks - site.CreatedAt.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
        var (zone, size) = (TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone), settings.Value);
        return new(site.Id, ShopProfile.Create(), zone, end.AddDays(-size.Days), end, size.Events);
    }

    /// <summary>The machine's, where it has one that people live in.</summary>
    static TimeZoneInfo Zone()
    {
        var local = TimeZoneInfo.Local;
        var lived = local.HasIanaId && local.Id.Contains('/') && !local.Id.StartsWith("Etc/", StringComparison.Ordinal);
        return lived ? local : TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    }
}
