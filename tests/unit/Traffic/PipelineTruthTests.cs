using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>The pipeline finds exactly the visits that were generated.</summary>
public sealed class PipelineTruthTests
{
    static readonly SiteRules Site = new(HistoryPlans.SiteId, TimeSpan.FromMinutes(30), ["shop.example.com"]);

    [Fact]
    public void Processed_visits_are_those_of_the_truth()
    {
        var truth = new Truth();
        var (events, visits) = Process(new EventHistory(HistoryPlans.Shop(40_000), truth).Events());
        Assert.Equal(truth.Events, events.Count);
        Assert.Equal(truth.Visits.Count, visits.Count);
        foreach (var expected in truth.Visits)
        {
            var row = visits[VisitId.Of(HistoryPlans.SiteId, expected.Events[0].Id)];
            Assert.Equal(
                (expected.VisitorId, expected.Start, expected.End, (uint)expected.PageViews, (uint)expected.InteractiveEvents, (ulong)expected.EngagementMs),
                (row.VisitorId, row.Start, row.End, row.Pageviews, row.InteractiveEvents, row.EngagementMs));
            Assert.Equal((uint)expected.Events.Count(e => e.Name != EventNames.Engagement), row.Events);
            Assert.Equal(new Uri(expected.Events[0].Url).AbsolutePath, row.EntryPath);
            Assert.Equal((expected.Person.Country.Code, expected.Person.Consented), (row.Country, row.VisitorMode == VisitorMode.Consented));
        }
    }

    [Fact]
    public void Visits_of_a_person_in_mode_A_are_numbered()
    {
        var truth = new Truth();
        var (_, visits) = Process(new EventHistory(HistoryPlans.Shop(40_000), truth).Events());
        foreach (var person in truth.Visits.Where(v => v.Person.Consented).GroupBy(v => v.VisitorId))
            Assert.Equal(
                Enumerable.Range(1, person.Count()).Select(n => (uint)n),
                person.OrderBy(v => v.Start).Select(v => visits[VisitId.Of(HistoryPlans.SiteId, v.Events[0].Id)].VisitNumber));
    }

    [Fact]
    public void Bots_and_only_bots_are_recognised()
    {
        var truth = new Truth();
        var (_, visits) = Process(new EventHistory(HistoryPlans.Shop(10_000), truth).Events());
        Assert.All(truth.Visits, v => Assert.Equal(
            (v.Person.Device.UserAgent, v.IsBot),
            (v.Person.Device.UserAgent, visits[VisitId.Of(HistoryPlans.SiteId, v.Events[0].Id)].BotScore >= EventRow.BotThreshold)));
    }

    [Fact]
    public void Sources_have_the_names_that_the_profile_expects()
    {
        var truth = new Truth();
        var (_, visits) = Process(new EventHistory(HistoryPlans.Shop(20_000), truth).Events());
        var seen = truth.Visits.Where(v => v.Source.Referrer.Length > 0 || v.Source.Query.Length > 0)
            .Select(v => (v.Source.Name, visits[VisitId.Of(HistoryPlans.SiteId, v.Events[0].Id)].Source)).Distinct();
        Assert.All(seen, s => Assert.Equal(s.Name, s.Source, ignoreCase: true));
    }

    static (List<EventRow> Events, Dictionary<ulong, VisitRow> Visits) Process(IEnumerable<CollectedEvent> history)
    {
        var (processor, state) = (ChunkProcessor.Create(), new PartitionState());
        var (events, visits) = (new List<EventRow>(), new Dictionary<ulong, VisitRow>());
        ulong version = 0;
        foreach (var chunk in history.Chunk(5_000))
        {
            var result = processor.Process(Guid.CreateVersion7(),
                [.. chunk.Select((e, i) => new ChunkEvent(i, HistoryPlans.SiteId, e.Timestamp, e))], state, _ => Site, ++version);
            events.AddRange(result.Events);
            foreach (var visit in result.Visits) visits[visit.VisitId] = visit;
        }
        return (events, visits);
    }
}
