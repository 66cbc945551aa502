using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>What evidence of programs does to visits and, where a site wants it, to events.</summary>
public class BotEvidenceTests
{
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

    static CollectedEvent View(double minute, SenderSigns signs) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = At(minute), ClientTimestamp = At(minute), Url = "https://example.com/", CookielessId = 11,
        Signs = signs, UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
    };
}
