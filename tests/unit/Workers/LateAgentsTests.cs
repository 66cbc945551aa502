using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Pipeline;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Repairs;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>User agents above the budget, on the real stores.</summary>
public sealed class LateAgentsTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    const string Hints = "Sec-CH-UA: \"Brave\";v=\"128\"\nSec-CH-UA-Mobile: ?0\nSec-CH-UA-Platform: \"Windows\"\nSec-CH-UA-Platform-Version: \"15.0.0\"\n";

    static readonly (string UserAgent, string Hints, string Screen)[] Late =
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", "", "1920x1080"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36", Hints, ""),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36", "", "800x600"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "", ""),
        ("Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "", ""),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", ""),
        ("it's \\ a 'nasty' агент\n", "", ""),
    ];

    readonly DateTime now = TestChunk.Millisecond(DateTime.UtcNow.AddMinutes(-1));
    readonly AnalyticStore store = stack.Store.Store;

    [Fact]
    public async Task What_was_not_read_at_once_ends_as_if_it_had_been()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = Chunk(site);
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        var stored = await EventsAsync(site);
        Assert.Equal(Late.Length, stored.Count(e => e.UserAgent.Length > 0 && e.Notes == "ua_unparsed"));
        var ledger = await LedgerAsync(site);

        await ReadAsync(host, site);
        var read = await EventsAsync(site);
        Assert.Equal(Wanted(site, chunk), read.Select(Facts));
        Assert.All(read, e => Assert.Equal(("", ""), (e.UserAgent, e.Notes)));
        Assert.Equal(stored.Select(e => (e.EventId, e.VisitId, e.VisitorId)), read.Select(e => (e.EventId, e.VisitId, e.VisitorId)));
        await RepairedAsync(host, site);
        var visits = (await store.Visits.EndedSinceAsync([site.Id], now.AddDays(-1), default)).ToDictionary(v => v.VisitId);
        Assert.All(read, e => Assert.Equal(
            (e.Browser, e.Os, e.DeviceType, e.DeviceModel, e.BotScore), (visits[e.VisitId].Browser, visits[e.VisitId].Os, visits[e.VisitId].DeviceType, visits[e.VisitId].DeviceModel, visits[e.VisitId].BotScore)));
        Assert.Equal(ledger, await LedgerAsync(site));
        await using var db = stack.Database();
        Assert.Contains(DateOnly.FromDateTime(now), await db.DirtyDays.Where(d => d.SiteId == site.Id).Select(d => d.Day).ToListAsync());
    }

    [Fact]
    public async Task Cut_off_after_the_correction_the_next_turn_does_the_rest()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = Chunk(site);
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        var (unread, processor, since) = (host.Get<UnreadAgents>(), host.Get<ChunkProcessor>(), now.AddDays(-1));
        var waiting = await unread.NextAsync([site.Id], since, 100, default);
        await unread.CorrectAsync([site.Id], since, waiting.Select(a => a with { Row = processor.ReadLate(a.Row) }), default);
        Assert.Equal(Late.Length, (await EventsAsync(site)).Count(e => e.UserAgent.Length > 0));
        await ReadAsync(host, site);
        Assert.Equal(Wanted(site, chunk), (await EventsAsync(site)).Select(Facts));
        await RepairedAsync(host, site);
        Assert.Contains(await store.Visits.EndedSinceAsync([site.Id], now.AddDays(-1), default), v => v.DeviceBrand == "Apple");
    }

    static async Task ReadAsync(WorkerHost host, Site site)
    {
        var lease = host.Get<OwnedPartitions>().Leases.Single(l => l.Partition == Partitions.Of(site.Id, 2));
        await Eventually.TrueAsync(async () => await host.Get<LateAgents>().ReadAsync(lease, default) == 0, "all agents read");
    }

    static Task RepairedAsync(WorkerHost host, Site site) => Eventually.TrueAsync(
        async () => (await host.Get<RepairQueue>().NextAsync([site.Id], 1, default)).Count == 0, "repaired");

    /// <summary>As many others before as the budget allows; every visitor has one event.</summary>
    TestChunk Chunk(Site site) => new(0,
        [.. Enumerable.Range(0, 500).Select(n => ($"Filler/{n}", "", "")).Concat(Late).Select((a, i) => (site.Id, now, View(site, a, (ulong)i + 1)))]);

    CollectedEvent View(Site site, (string UserAgent, string Hints, string Screen) from, ulong visitor) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = now, ClientTimestamp = now, Url = $"https://{site.Domain}/", CookielessId = visitor,
        UserAgent = from.UserAgent, ClientHints = from.Hints, Screen = from.Screen, Signs = from.Screen.Length > 0 ? SenderSigns.NoLanguage : SenderSigns.None,
    };

    /// <summary>What each event becomes where no budget is used up.</summary>
    static IEnumerable<string> Wanted(Site site, TestChunk chunk) => chunk.Events.Select(e => Facts(TestEvents.Processor.Process(
        chunk.Id, [new ChunkEvent(0, site.Id, e.At, e.Event)], new PartitionState(), _ => SiteRules.Of(site), 1).Events.Single()));

    static string Facts(EventRow e) => string.Join('|', e.Browser, e.BrowserVersion, e.Os, e.OsVersion, e.DeviceType, e.DeviceBrand, e.DeviceModel, e.BotScore, e.BotName,
        string.Join(',', e.BotReasons.Split(',').Order()));

    async Task<List<EventRow>> EventsAsync(Site site) => [.. (await stack.Store.Client.RowsOfSiteAsync(site.Id)).OrderBy(e => e.ChunkIndex)];

    async Task<string> LedgerAsync(Site site)
    {
        using var reader = await stack.Store.Client.ExecuteReaderAsync(
            $"SELECT toString(groupArray((outcome, reason, n))) FROM (SELECT outcome, reason, sum(events) AS n FROM ledger FINAL WHERE site_id = {site.Id} GROUP BY outcome, reason ORDER BY 1, 2) WHERE outcome IN ('stored', 'duplicate', 'excluded')");
        await reader.ReadAsync();
        return reader.GetString(0);
    }
}
