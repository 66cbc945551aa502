using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

/// <summary>What is published is in the script of every collector at once, and nothing else is.</summary>
public sealed class TagDeliveryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    readonly string trackingId = TrackingId.New();

    [Fact]
    public async Task A_publication_reaches_every_collector_and_an_older_version_brings_the_old_script_back()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var site = await SiteAsync();
        await PublishAsync(site, 1, "First", TagEnvironment.Live);
        await ShowsAsync("First event", first, second);
        var script = await first.Client.GetStringAsync(Path());
        Assert.DoesNotContain("Tag of First", script);
        await PublishAsync(site, 2, "Second", TagEnvironment.Live);
        await ShowsAsync("Second event", first, second);
        await PublishAsync(site, 1, null, TagEnvironment.Live);
        await ShowsAsync("First event", first, second);
        using var again = await first.Client.GetAsync(Path());
        Assert.Equal(SaaS.Analytics.Tracker.SiteScript.ETag(Encoding.UTF8.GetBytes(script)), again.Headers.ETag!.Tag);
        Assert.Equal("public, max-age=60, stale-while-revalidate=86400", again.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task An_environment_has_its_own_version_under_its_own_key()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await PublishAsync(site, 1, "Live", TagEnvironment.Live);
        await PublishAsync(site, 2, "Staged", TagEnvironment.Staging);
        await ShowsAsync("Live event", host);
        Assert.Contains("Staged event", await host.Client.GetStringAsync(Path() + "?env=stagingkey"));
        Assert.DoesNotContain("Live event", await host.Client.GetStringAsync(Path() + "?env=guessed"));
    }

    [Fact]
    public async Task Stopped_tags_are_not_delivered()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await PublishAsync(site, 1, "First", TagEnvironment.Live);
        await ShowsAsync("First event", host);
        await using var db = Everything();
        await db.TagContainers.Where(c => c.SiteId == site.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Stopped, true));
        await UntilAsync(async () => !(await host.Client.GetStringAsync(Path())).Contains("First event"));
        Assert.DoesNotContain("$tags", await host.Client.GetStringAsync(Path()));
    }

    [Fact]
    public async Task A_version_that_was_delivered_is_delivered_without_PostgreSQL_too()
    {
        var site = await SiteAsync();
        await PublishAsync(site, 1, "Kept", TagEnvironment.Live);
        string folder;
        await using (var host = await StartAsync())
        {
            await ShowsAsync("Kept event", host);
            folder = host.Folder;
        }
        var sites = await File.ReadAllTextAsync(System.IO.Path.Combine(folder, "spool", "sites.json"));
        await using var alone = await CollectorHost.StartAsync(folder);
        // Starting writes the test's own list; the one that was kept is put back.
        alone.Services.GetRequiredService<SiteList>().Replace(System.Text.Json.JsonSerializer.Deserialize<SiteListSnapshot>(sites)!);
        Assert.Contains("Kept event", await alone.Client.GetStringAsync(Path()));
    }

    [Fact]
    public async Task A_preview_shows_the_draft_to_whoever_has_the_token_and_is_never_cached()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await using (var db = Everything())
        {
            db.Add(Item(site, 9, "Draft"));
            await db.SaveChangesAsync();
        }
        await UntilAsync(async () => (await host.Client.GetAsync(Path())).IsSuccessStatusCode);
        var token = new PreviewToken(0, DateTimeOffset.UtcNow.AddMinutes(5), "s").Sign(Key, trackingId);
        using var preview = await host.Client.GetAsync($"{Path()}?preview={token}");
        Assert.Contains("Draft event", await preview.Content.ReadAsStringAsync());
        Assert.Contains("Tag of Draft", await preview.Content.ReadAsStringAsync());
        Assert.True(preview.Headers.CacheControl!.NoStore && preview.Headers.CacheControl.Private);
        Assert.DoesNotContain("Draft", await host.Client.GetStringAsync(Path()));
        foreach (var wrong in (string[])["x", token + "a", new PreviewToken(0, DateTimeOffset.UtcNow.AddMinutes(-1), "s").Sign(Key, trackingId)])
            Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"{Path()}?preview={wrong}")).StatusCode);
    }

    [Fact]
    public async Task Reports_of_tags_are_added_up()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await PublishAsync(site, 1, "First", TagEnvironment.Live);
        await ShowsAsync("First event", host);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await ReportAsync(host, $$$"""{"writeKey":"{{{trackingId}}}","version":1,"tags":{"7":[2,1,0],"8":[0,0,99999999],"x":[1,1,1]}}""")).StatusCode);
        await using var db = Everything();
        await UntilAsync(async () => await db.TagCounts.AsNoTracking().Where(c => c.SiteId == site.Id).SumAsync(c => c.Fired) == 6);
        var counts = await db.TagCounts.AsNoTracking().Where(c => c.SiteId == site.Id).OrderBy(c => c.Tag).ToListAsync();
        Assert.Equal([(7, 6L, 3L, 0L), (8, 0L, 0L, 30_000L)], counts.Select(c => (c.Tag, c.Fired, c.Failed, c.Blocked)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ReportAsync(host, """{"writeKey":"st_nobody0000000000","tags":{}}""")).StatusCode);
        foreach (var broken in (string[])["", "[]", "{}", $$$"""{"writeKey":"{{{trackingId}}}","tags":{"7":["a"]}}""", $$$"""{"writeKey":"{{{trackingId}}}","tags":{"7":[1]}}"""])
            Assert.Equal(HttpStatusCode.BadRequest, (await ReportAsync(host, broken)).StatusCode);
    }

    static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, "It did not happen.");
            await Task.Delay(50);
        }
    }

    static readonly byte[] Key = [5, 6, 7];

    static Task<HttpResponseMessage> ReportAsync(CollectorHost host, string json) => host.Client.PostAsync("/v1/tags", new StringContent(json));

    string Path() => $"/js/{trackingId}.js";

    Task<CollectorHost> StartAsync() => CollectorHost.StartAsync(settings: ("Postgres:System", postgres.System));

    SystemDb Everything() => new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);

    async Task ShowsAsync(string text, params CollectorHost[] hosts)
    {
        foreach (var host in hosts) await UntilAsync(async () => (await (await host.Client.GetAsync(Path())).Content.ReadAsStringAsync()).Contains(text, StringComparison.Ordinal));
    }

    async Task<Site> SiteAsync()
    {
        await using var db = Everything();
        var tenant = new Tenant { Name = "T", CreatedAt = DateTime.UtcNow };
        var site = new Site { TenantId = tenant.Id, TrackingId = trackingId, Domain = $"{Guid.NewGuid():n}.example", Name = "S", TimeZone = "UTC", CreatedAt = DateTime.UtcNow };
        db.AddRange(tenant, site);
        await db.SaveChangesAsync();
        db.Add(new TagContainer { SiteId = site.Id, TenantId = tenant.Id, PreviewKey = Key });
        foreach (var (name, key) in new[] { (TagEnvironment.Live, ""), (TagEnvironment.Staging, "stagingkey") })
            db.Add(new TagEnvironment { TenantId = tenant.Id, SiteId = site.Id, Name = name, Key = key });
        await db.SaveChangesAsync();
        return site;
    }

    /// <param name="site">Whose.</param>
    /// <param name="number">Of the version.</param>
    /// <param name="name">Of the tag in it; null: the version is there.</param>
    /// <param name="environment">Where to.</param>
    async Task PublishAsync(Site site, int number, string? name, string environment)
    {
        await using var db = Everything();
        if (name is not null)
            db.Add(new TagVersion
            {
                TenantId = site.TenantId, SiteId = site.Id, Number = number, Author = "a@example.com", CreatedAt = DateTime.UtcNow,
                Content = new ContainerContent([Item(site, 7, name).Content], new ConsentDefaults()).Write(),
            });
        var to = await db.TagEnvironments.SingleAsync(e => e.SiteId == site.Id && e.Name == environment);
        (to.Published, to.Release) = (number, to.Release + 1);
        await db.SaveChangesAsync();
    }

    static TagItem Item(Site site, int number, string name)
    {
        var item = new TagItem { TenantId = site.TenantId, SiteId = site.Id, Number = number, Sort = ItemSort.Tag, Kind = "event", Name = "x", ChangedAt = DateTime.UtcNow, ChangedBy = "a@example.com" };
        item.Take(new ItemContent(ItemSort.Tag, number, "event", $"Tag of {name}") { Settings = new() { ["name"] = $"{name} event" }, Options = new() { On = [-1] } });
        return item;
    }
}
