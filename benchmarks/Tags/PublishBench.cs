using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Bench.Tags;

/// <summary>
/// From the commit of a publication – version and environment in one transaction, as the portal writes them – until both of two
/// collectors answer with the new script: the 95th percentile of 60.
/// </summary>
static class PublishBench
{
    const int Collectors = 2;
    const int Publications = 60;
    const double LimitMilliseconds = 5000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        var site = await SiteAsync(postgres.System);
        var collectors = await Task.WhenAll(Enumerable.Range(0, Collectors).Select(_ => CollectorServer.StartAsync(postgres.System)));
        using var http = new HttpClient();
        var times = new List<double>();
        for (var number = 1; number <= Publications; number++) times.Add(await PublishAsync(postgres.System, site, number, collectors, http));
        foreach (var collector in collectors) await collector.DisposeAsync();
        // The first one also waits for the collectors to hear of the site.
        var ordered = times.Skip(1).Order().ToList();
        return [Figure.Within("tags-publish-p95", ordered[(int)(ordered.Count * 0.95)], "ms", LimitMilliseconds)];
    }

    static async Task<double> PublishAsync(string system, Site site, int number, CollectorServer[] collectors, HttpClient http)
    {
        await using var db = Database(system);
        var items = BenchContainer.WithTags(10).Select(i => i.Kind == "event" ? i with { Settings = new() { ["name"] = $"published-{number}-" } } : i);
        db.Add(new TagVersion
        {
            TenantId = site.TenantId, SiteId = site.Id, Number = number, Author = "bench@example.com", CreatedAt = DateTime.UtcNow,
            Content = new ContainerContent([.. items], new ConsentDefaults()).Write(),
        });
        var live = await db.TagEnvironments.SingleAsync(e => e.SiteId == site.Id);
        (live.Published, live.Release) = (number, number);
        await db.SaveChangesAsync();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(collectors.Select(c => UntilAsync(c, site, number, http)));
        return since.Elapsed.TotalMilliseconds;
    }

    static async Task UntilAsync(CollectorServer collector, Site site, int number, HttpClient http)
    {
        while (true)
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{collector.Port}/js/{site.TrackingId}.js");
            if ((await answer.Content.ReadAsStringAsync()).Contains($"published-{number}-", StringComparison.Ordinal)) return;
            await Task.Delay(2);
        }
    }

    static async Task<Site> SiteAsync(string system)
    {
        await using var db = Database(system);
        var tenant = new Tenant { Name = "Bench", CreatedAt = DateTime.UtcNow };
        var site = new Site { TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = "tags.example", Name = "Bench", TimeZone = "UTC", CreatedAt = DateTime.UtcNow };
        db.AddRange(tenant, site);
        await db.SaveChangesAsync();
        db.Add(new TagContainer { SiteId = site.Id, TenantId = tenant.Id, PreviewKey = [1] });
        db.Add(new TagEnvironment { TenantId = tenant.Id, SiteId = site.Id, Name = TagEnvironment.Live, Key = "" });
        await db.SaveChangesAsync();
        return site;
    }

    static SystemDb Database(string system) => new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(system).UseSnakeCaseNamingConvention().Options);
}
