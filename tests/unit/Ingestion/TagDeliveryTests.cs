using System.Net;
using System.Text;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Pipeline;
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
        Assert.Equal("public, max-age=60, stale-while-revalidate=300", again.Headers.CacheControl!.ToString());
        Assert.False(again.Headers.Contains("Set-Cookie"));
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
        // What is wrong is looked for in a preview, whose door stays.
        Assert.Contains("tag_preview", await host.Client.GetStringAsync(Path()));
        var token = new PreviewToken(1, DateTimeOffset.UtcNow.AddMinutes(5), "s").Sign(Key, trackingId);
        Assert.Contains("First event", await host.Client.GetStringAsync($"{Path()}?preview={token}"));
    }

    [Fact]
    public async Task A_script_that_has_no_door_to_a_preview_is_not_used_once_more_when_it_is_old()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await UntilAsync(async () => (await host.Client.GetAsync(Path())).IsSuccessStatusCode);
        await using var db = Everything();
        await db.TagContainers.Where(c => c.SiteId == site.Id).ExecuteDeleteAsync();
        await UntilAsync(async () => !(await host.Client.GetStringAsync(Path())).Contains("tag_preview"));
        using var without = await host.Client.GetAsync(Path());
        Assert.Equal("public, max-age=60", without.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task While_a_version_cannot_be_read_visitors_get_the_last_one_and_nothing_that_lasts()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await PublishAsync(site, 1, "First", TagEnvironment.Live);
        await ShowsAsync("First event", host);
        await PublishAsync(site, 2, null, TagEnvironment.Live);
        await UntilAsync(async () => (await host.Client.GetAsync(Path())).Headers.CacheControl!.NoCache);
        Assert.Contains("First event", await host.Client.GetStringAsync(Path()));
        await PublishAsync(site, 2, "Second", TagEnvironment.Live);
        await ShowsAsync("Second event", host);
        Assert.False((await host.Client.GetAsync(Path())).Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Where_no_version_was_ever_read_there_are_no_tags_and_nobody_keeps_that()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync(consented: true);
        await PublishAsync(site, 1, null, TagEnvironment.Live);
        await UntilAsync(async () => (await host.Client.GetAsync(Path())) is { IsSuccessStatusCode: true } answer && answer.Headers.CacheControl!.NoStore);
        var script = await host.Client.GetStringAsync(Path());
        Assert.DoesNotContain("$tags", script);
        // What holds in the visitor's place is not known either.
        Assert.DoesNotContain("\"consented\":true", script);
    }

    [Fact]
    public async Task A_suspended_accounts_tags_are_not_delivered()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync();
        await PublishAsync(site, 1, "First", TagEnvironment.Live);
        await ShowsAsync("First event", host);
        await using var db = Everything();
        await db.Tenants.Where(t => t.Id == site.TenantId).ExecuteUpdateAsync(t => t.SetProperty(x => x.Status, TenantStatus.Suspended));
        await UntilAsync(async () => !(await host.Client.GetStringAsync(Path())).Contains("$tags"));
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
    public async Task What_holds_until_visitors_decide_is_that_of_their_country_and_no_cache_shares_it()
    {
        await using var host = await StartAsync();
        var site = await SiteAsync(consented: true);
        await PublishAsync(site, 1, "First", TagEnvironment.Live, new ConsentDefaults
        {
            Analytics = "granted", Ads = "granted", Regions = [new(["EEA"], "denied", "denied", "denied"), new(["US-CA"], "granted", "denied", "wait")],
        });
        await ShowsAsync("First event", host);
        var (german, californian, japanese, nowhere) = (await FromAsync(host, "91.64.1.1"), await FromAsync(host, "136.24.1.1"), await FromAsync(host, "133.11.0.1"), await FromAsync(host, "10.0.0.1"));
        Assert.Contains("""{"analytics":0,"ads":0,"personalization":0}""", german.Script);
        Assert.Contains("""{"analytics":1,"ads":0}""", californian.Script);
        Assert.Contains("""{"analytics":1,"ads":1}""", japanese.Script);
        Assert.Equal(german.Script, nowhere.Script);
        // Who is not asked is remembered only where analytics is granted.
        Assert.Equal([false, true, true], new[] { german, californian, japanese }.Select(a => a.Script.Contains("\"consented\":true", StringComparison.Ordinal)));
        Assert.All(new[] { german, californian, japanese }, a => Assert.Equal("must-revalidate, private, max-age=60".Split(", ").Order(), a.Caching.Split(", ").Order()));
        Assert.All(new[] { german, californian, japanese }, a => Assert.DoesNotContain("EEA", a.Script));
        Assert.Equal(3, new[] { german, californian, japanese }.Select(a => a.ETag).Distinct().Count());
        Assert.Equal(HttpStatusCode.NotModified, (await FromAsync(host, "91.64.1.1", german.ETag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(host, "133.11.0.1", german.ETag)).Status);
    }

    async Task<(HttpStatusCode Status, string Script, string Caching, string ETag)> FromAsync(CollectorHost host, string address, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path());
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.CacheControl!.ToString(), answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task What_a_preview_saw_is_told_to_the_portals_by_whoever_has_the_token()
    {
        var heard = new TaskCompletionSource<PreviewSeen>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await CollectorHost.StartAsync(null, b => b.OnBus(null, (_, bus) => bus.ReceiveEndpoint("portal", e => e.Handler<PreviewSeen>(c =>
        {
            heard.TrySetResult(c.Message);
            return Task.CompletedTask;
        }))), ("Postgres:System", postgres.System));
        var site = await SiteAsync();
        await UntilAsync(async () => (await host.Client.GetAsync(Path())).IsSuccessStatusCode);
        var token = new PreviewToken(0, DateTimeOffset.UtcNow.AddMinutes(5), "5e55").Sign(Key, trackingId);
        async Task<int> SayAsync(string key, string with, string moments) =>
            (int)(await host.Client.PostAsync("/v1/preview", new StringContent($$"""{"writeKey":"{{key}}","token":"{{with}}","moments":{{moments}}}"""))).StatusCode;
        Assert.Equal(404, await SayAsync(trackingId, token + "x", "[1]"));
        Assert.Equal(404, await SayAsync(trackingId, new PreviewToken(0, DateTimeOffset.UtcNow.AddMinutes(-1), "5e55").Sign(Key, trackingId), "[1]"));
        Assert.Equal(404, await SayAsync(trackingId, new PreviewToken(0, DateTimeOffset.UtcNow.AddMinutes(5), "5e55").Sign(Key, "st_other00000000000"), "[1]"));
        Assert.Equal(401, await SayAsync("st_nobody0000000000", token, "[1]"));
        foreach (var broken in (string[])["{}", "", "5", "\"x\""]) Assert.Equal(400, await SayAsync(trackingId, token, broken));
        Assert.Equal(413, await SayAsync(trackingId, token, $"[\"{new string('x', 200_001)}\"]"));
        Assert.False(heard.Task.IsCompleted);
        Assert.Equal(202, await SayAsync(trackingId, token, """[{"event":"gtm.js"}]"""));
        Assert.Equal(new PreviewSeen(site.Id, "5e55", """[{"event":"gtm.js"}]"""), await heard.Task.WaitAsync(TimeSpan.FromSeconds(30)));
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

    async Task<Site> SiteAsync(bool consented = false)
    {
        await using var db = Everything();
        var tenant = new Tenant { Name = "T", CreatedAt = DateTime.UtcNow };
        var site = new Site { TenantId = tenant.Id, TrackingId = trackingId, Domain = $"{Guid.NewGuid():n}.example", Name = "S", TimeZone = "UTC", CreatedAt = DateTime.UtcNow, ConsentedByDefault = consented };
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
    /// <param name="consent">What holds until visitors decide.</param>
    async Task PublishAsync(Site site, int number, string? name, string environment, ConsentDefaults? consent = null)
    {
        await using var db = Everything();
        if (name is not null)
            db.Add(new TagVersion
            {
                TenantId = site.TenantId, SiteId = site.Id, Number = number, Author = "a@example.com", CreatedAt = DateTime.UtcNow,
                Content = new ContainerContent([Item(site, 7, name).Content], consent ?? new ConsentDefaults()).Write(),
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
