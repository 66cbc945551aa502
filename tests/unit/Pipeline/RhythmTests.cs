using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>What the times of page views tell.</summary>
public class RhythmTests
{
    const double Second = 1 / 60.0;

    [Fact]
    public void Pages_faster_than_anybody_reads_are_a_sign() =>
        Assert.Equal([.. Enumerable.Repeat("", 10), .. Enumerable.Repeat("fast_pages", 5)], Reasons(Enumerable.Range(0, 15).Select(n => n * 0.4 * Second)));

    [Fact]
    public void Pages_at_even_pauses_are_a_sign() =>
        Assert.Equal([.. Enumerable.Repeat("", 9), .. Enumerable.Repeat("even_pages", 3)], Reasons(Enumerable.Range(0, 12).Select(n => n * 7 * Second)).Select(r => r));

    [Fact]
    public void A_person_gives_none()
    {
        var random = new Random(5);
        double at = 0;
        Assert.All(Reasons(Enumerable.Range(0, 200).Select(_ => at += (1 + random.NextDouble() * 40) * Second)), r => Assert.Equal("", r));
    }

    [Fact]
    public void The_same_view_again_and_views_out_of_order_tell_nothing() =>
        Assert.All(Reasons(Enumerable.Range(0, 30).Select(n => n % 2 == 0 ? 5.0 : 5 - n * 0.1 * Second)), r => Assert.Equal("", r));

    [Fact]
    public void With_another_sign_it_is_a_bot_and_so_is_its_visit()
    {
        var events = Enumerable.Range(0, 15).Select(n => View(n * 0.4 * Second, SenderSigns.Hosting)).ToArray();
        var result = Process(events);
        Assert.Equal((80, "Unnamed", "hosting_network,fast_pages"), (result.Events[^1].BotScore, result.Events[^1].BotName, result.Events[^1].BotReasons));
        Assert.Equal((80, "Unnamed"), (result.Visits.Single().BotScore, result.Visits.Single().BotName));
    }

    [Fact]
    public void The_strongest_evidence_of_a_visit_counts_in_any_order()
    {
        CollectedEvent[] events = [View(1, SenderSigns.None), View(2, SenderSigns.Hosting | SenderSigns.NoLanguage), View(3, SenderSigns.NoLanguage)];
        foreach (var order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]])
            Assert.Equal((70, "Unnamed"), Process([.. order.Select(i => events[i])]).Visits.Single() is var v ? (v.BotScore, v.BotName) : default);
    }

    [Fact]
    public void A_site_that_drops_bots_stores_none_and_counts_them()
    {
        var dropping = Sites(Site)! with { DropsBots = true };
        var chunk = Chunk([View(0, SenderSigns.None), View(1, SenderSigns.Hosting | SenderSigns.NoLanguage), View(2, SenderSigns.Hosting)]);
        var result = Processor.Process(Guid.CreateVersion7(), chunk, new PartitionState(), _ => dropping, 1);
        Assert.Equal([0, 40], result.Events.Select(e => (int)e.BotScore));
        Assert.Equal([("excluded", "bot", 1), ("stored", "", 2)], result.Ledger.GroupBy(l => (l.Outcome, l.Reason), (k, g) => (k.Outcome, k.Reason, g.Sum(l => l.Events))).Order());
        Assert.Equal(2u, result.Visits.Single().Pageviews);
    }

    static IEnumerable<string> Reasons(IEnumerable<double> minutes) => Process([.. minutes.Select(m => View(m, SenderSigns.None))]).Events.Select(e => e.BotReasons);

    static CollectedEvent View(double minute, SenderSigns signs) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = At(minute), ClientTimestamp = At(minute), Url = "https://example.com/", CookielessId = 11,
        Signs = signs, UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
    };
}
