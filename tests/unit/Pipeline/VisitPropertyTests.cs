using CsCheck;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>What must hold for every stream of events.</summary>
public class VisitPropertyTests
{
    const int Cases = 200;

    /// <summary>One event of a person, and how many minutes it takes to arrive.</summary>
    sealed record Step(int Person, double Gap, int Kind, double Delay, int Page, bool Consents);

    static readonly double[] Gaps = [0.001, 0.5, 2, 4, 9, 14, 26, 29.9, 30, 30.1, 33, 50];
    static readonly double[] Delays = [0, 0, 0, 0.3, 1, 2.5, 4.9];

    static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 11].Select(i => Gaps[i]), Gen.Int[0, 9],
        Gen.Int[0, 6].Select(i => Delays[i]), Gen.Int[0, 3], Gen.Int[0, 9],
        (person, gap, kind, delay, page, consents) => new Step(person, gap, kind, delay, page, consents == 0));

    static readonly Gen<List<Sent>> Streams = Steps.List[1, 40].Select(ToEvents);

    sealed record Sent(CollectedEvent Event, double At, double ArrivesAt);

    [Fact]
    public void Any_order_of_arrival_within_five_minutes_gives_the_same_visits() => Streams.Sample(
        sent => Assert.Equal(
            Comparable(Live([sent.OrderBy(s => s.At)])),
            Comparable(Live([sent.OrderBy(s => s.ArrivesAt)]))),
        iter: Cases, print: Print);

    [Fact]
    public void Where_chunks_end_does_not_matter() => Gen.Select(Streams, Gen.Int[1, 7]).Sample(
        (sent, size) =>
        {
            var ordered = sent.OrderBy(s => s.ArrivesAt).ToList();
            var whole = Live([ordered]);
            var cut = Live(ordered.Chunk(size));
            Assert.Equal(Comparable(whole), Comparable(cut));
            Assert.Equal(whole.Visits.Keys.Order(), cut.Visits.Keys.Order());
        },
        iter: Cases, print: c => Print(c.Item1));

    [Fact]
    public void Visits_rebuilt_from_stored_events_are_the_live_ones() => Gen.Select(Streams, Gen.Int[1, 7]).Sample(
        (sent, size) =>
        {
            var live = Live(sent.OrderBy(s => s.ArrivesAt).Chunk(size));
            var rebuilt = VisitFold.Fold(live.Events, version: 1, live.Gone).ToDictionary(v => v.VisitId);
            Assert.Equal(live.Visits.Keys.Order(), rebuilt.Keys.Order());
            foreach (var (id, visit) in live.Visits)
                Assert.Equal(visit with { Version = 1, VisitNumber = 0 }, rebuilt[id]);
        },
        iter: Cases, print: c => Print(c.Item1));

    [Fact]
    public void Every_event_has_one_outcome_and_every_stored_one_a_visit() => Streams.Sample(
        sent =>
        {
            var live = Live(sent.OrderBy(s => s.ArrivesAt).Chunk(5));
            Assert.Equal(sent.Count, live.Outcomes);
            Assert.All(live.Events, e => Assert.True(live.Visits.ContainsKey(live.VisitOf(e)) || (e.VisitId == 0 && e.Name == EventNames.Engagement)));
            Assert.Equal(live.Events.Count(e => EventNames.IsPageView(e.Name)), live.Visits.Values.Sum(v => v.Pageviews));
            Assert.Equal(live.Events.Where(e => e.VisitId != 0).Sum(e => e.EngagementMs), live.Visits.Values.Sum(v => (long)v.EngagementMs));
        },
        iter: Cases, print: Print);

    [Fact]
    public void Engagement_alone_never_makes_a_visit() => Steps.List[1, 30].Sample(
        steps =>
        {
            var sent = ToEvents(steps).Select(s => s with { Event = Engagement(s.At, cookieless: s.Event.CookielessId) }).ToList();
            var live = Live([sent.OrderBy(s => s.At)]);
            Assert.Empty(live.Visits);
            Assert.All(live.Events, e => Assert.Equal(0ul, e.VisitId));
        },
        iter: Cases);

    [Fact]
    public void No_visit_is_longer_than_a_day_and_no_gap_in_it_longer_than_the_timeout() =>
        Gen.Double[0.1, 31].List[50, 200].Sample(
            gaps =>
            {
                var minute = 0.0;
                var live = Live([[.. gaps.Select(gap => new Sent(PageView(minute += gap), minute, minute))]]);
                Assert.All(live.Visits.Values, v => Assert.True(v.End - v.Start <= TimeSpan.FromHours(24)));
                foreach (var visit in live.Events.GroupBy(e => e.VisitId))
                    Assert.All(visit.Zip(visit.Skip(1)), p => Assert.True(p.Second.Timestamp - p.First.Timestamp <= TimeSpan.FromMinutes(30)));
            },
            iter: 30);

    /// <summary>All that was stored in the end; visits that another one took over apart.</summary>
    sealed record Stored(List<EventRow> Events, Dictionary<ulong, VisitRow> Visits, List<VisitRow> Gone, int Outcomes)
    {
        /// <summary>The visit an event is in when all has arrived.</summary>
        public ulong VisitOf(EventRow e)
        {
            var id = e.VisitId;
            while (Gone.Find(v => v.VisitId == id) is { } gone)
                id = gone.MergedInto;
            return id;
        }
    }

    static Stored Live(IEnumerable<IEnumerable<Sent>> chunks)
    {
        var state = new PartitionState();
        var (events, visits, outcomes) = (new List<EventRow>(), new Dictionary<ulong, VisitRow>(), 0);
        foreach (var chunk in chunks)
        {
            var received = chunk.Select((s, i) => new ChunkEvent(i, Site, At(s.ArrivesAt), s.Event)).ToArray();
            var result = Processor.Process(Guid.CreateVersion7(), received, state, Sites, 1);
            events.AddRange(result.Events);
            foreach (var visit in result.Visits)
                visits[visit.VisitId] = visit;
            outcomes += result.Ledger.Sum(l => l.Events);
        }
        return new(
            events, visits.Where(v => v.Value.MergedInto == 0).ToDictionary(), [.. visits.Values.Where(v => v.MergedInto != 0)], outcomes);
    }

    /// <summary>Visits without their ids: what is in them, in an order of its own.</summary>
    static List<string> Comparable(Stored stored) =>
        [.. stored.Visits.Values.Select(v => string.Join(' ',
            string.Join(',', stored.Events.Where(e => stored.VisitOf(e) == v.VisitId).Select(e => e.EventId).Order()),
            (v with { VisitId = 0, VisitorId = 0, FirstReceivedAt = Noon, Version = 0 }).ToString())).Order()];

    static List<Sent> ToEvents(List<Step> steps)
    {
        var clock = new Dictionary<int, (double At, double Arrives, bool Consented)>();
        var sent = new List<Sent>();
        foreach (var step in steps)
        {
            var isFirst = !clock.TryGetValue(step.Person, out var last);
            var at = Math.Round(last.At + step.Gap, 3) + step.Person * 0.0003;
            var engages = step.Kind == 0 && !isFirst;
            // Engagement is queued behind its page view by the same client, so that it never overtakes it.
            var arrives = engages ? Math.Max(at, last.Arrives) : at + step.Delay;
            var consented = last.Consented || step.Consents;
            clock[step.Person] = (at, Math.Max(arrives, last.Arrives), consented);
            sent.Add(new(Event(step, at, engages, consented), at, arrives));
        }
        return sent;
    }

    static CollectedEvent Event(Step step, double at, bool engages, bool consented) => PageView(
        at, $"https://example.com/{step.Page}?utm_source=s{step.Page}", cookieless: 100u + (ulong)step.Person,
        consented: consented ? 200u + (ulong)step.Person : 0,
        name: engages ? EventNames.Engagement : step.Kind < 3 ? "signup" : EventNames.PageView, interactive: step.Kind == 1,
        engagementMs: engages ? 1000u : 0);

    static string Print(List<Sent> sent) => string.Join('\n', sent.OrderBy(s => s.ArrivesAt).Select(s =>
        $"{s.ArrivesAt:0.0000} {s.At:0.0000} {s.Event.Name} {s.Event.CookielessId} {s.Event.ConsentedId} {s.Event.Url}"));
}
