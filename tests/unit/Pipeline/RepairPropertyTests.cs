using CsCheck;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>
/// The same events in any order of arrival within 30 days give the same visits once the repair has run: over days,
/// midnights with their salts, the ends of months, the 24 hours of the longest visit, consent and sign-in in mid-visit.
/// </summary>
public class RepairPropertyTests
{
    const int Cases = 200;
    const double Day = 1440;

    /// <summary>One event of a person; what it takes to arrive is in minutes.</summary>
    sealed record Step(int Person, double Gap, int Kind, double Delay, int Page, int Id);

    sealed record Sent(Guid Id, Step Step, double At, double ArrivesAt, bool Engages, bool Consented, bool Named)
    {
        public CollectedEvent Event => ToEvent(this);
    }

    static readonly double[] Gaps = [0.001, 0.5, 4, 14, 26, 29.9, 30, 30.1, 33, 90, 700, 1430];
    static readonly double[] Delays = [0, 0, 0, 0.3, 2.5, 4.9, 8, 45, 300, 1500, 5 * Day, 29 * Day];

    static readonly Gen<List<Sent>> Streams = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 11].Select(i => Gaps[i]), Gen.Int[0, 9], Gen.Int[0, 11].Select(i => Delays[i]), Gen.Int[0, 3], Gen.Int[0, 7],
        (person, gap, kind, delay, page, id) => new Step(person, gap, kind, delay, page, id)).List[1, 30].Select(ToEvents);

    [Fact]
    public void Any_order_of_arrival_within_the_lateness_bound_gives_the_same_visits() => Gen.Select(Streams, Gen.Int[1, 7], Gen.Int[0, 3]).Sample(
        (sent, size, every) =>
        {
            var inTime = Live([.. sent.Select(s => s with { ArrivesAt = s.At })], size: 1000, every: 0);
            var late = Live(sent, size, every);
            Assert.Equal(Comparable(inTime), Comparable(late));
        },
        iter: Cases, threads: 2, print: c => Print(c.Item1));

    [Fact]
    public void Visitors_with_an_id_of_their_own_have_their_visits_numbered_in_the_order_of_time() => Gen.Select(Streams, Gen.Int[1, 7], Gen.Int[0, 3]).Sample(
        (sent, size, every) =>
        {
            var store = Live([.. sent.Where(s => s.Step.Person == 0).Select(s => s with { Named = false })], size, every);
            Assert.Equal(Enumerable.Range(1, store.Visits.Count), store.Visits.OrderBy(v => v.Start).Select(v => (int)v.VisitNumber));
            Assert.True(store.Visits.Select(v => v.VisitorId).Distinct().Count() <= 1);
            if (store.Visits.Count > 0)
                Assert.Equal(store.Visits.Count, (int)Assert.Single(store.Visitors).VisitCount);
        },
        iter: Cases, threads: 2, print: c => Print(c.Item1));

    [Fact]
    public void Visits_made_again_from_nothing_but_events_are_the_repaired_ones() => Gen.Select(Streams, Gen.Int[1, 7]).Sample(
        (sent, size) =>
        {
            var store = Live(sent, size, every: 1);
            var before = Comparable(store);
            store.RebuildAll(forget: false);
            Assert.Equal(before, Comparable(store));
            store.RebuildAll(forget: true);
            Assert.Equal(before, Comparable(store));
        },
        iter: Cases, threads: 2, print: c => Print(c.Item1));

    [Fact]
    public void A_worker_that_dies_between_events_and_visits_loses_no_merge() => Gen.Select(Streams, Gen.Int[1, 7]).Sample(
        (all, size) =>
        {
            var sent = all.Where(s => s.Step.Person == 0).Select(s => s with { Named = false }).ToList();
            var inTime = Live([.. sent.Select(s => s with { ArrivesAt = s.At })], size: 1000, every: 0);
            var store = new MemoryStore();
            foreach (var chunk in sent.OrderBy(s => s.ArrivesAt).ThenBy(s => s.At).Chunk(size))
                store.TakeTwice(chunk.Select(s => (s.Event, s.ArrivesAt)));
            store.Repair();
            Assert.Equal(Comparable(inTime), Comparable(store));
        },
        iter: Cases, threads: 2, print: c => Print(c.Item1));

    static MemoryStore Live(List<Sent> sent, int size, int every)
    {
        var store = new MemoryStore();
        var n = 0;
        foreach (var chunk in sent.OrderBy(s => s.ArrivesAt).ThenBy(s => s.At).Chunk(size))
        {
            store.Take(chunk.Select(s => (s.Event, s.ArrivesAt)));
            if (every > 0 && ++n % every == 0)
                store.Repair();
        }
        store.Repair();
        return store;
    }

    /// <summary>What is in each visit.</summary>
    static string Comparable(MemoryStore store) => string.Join('\n',
        store.Visits.Select(v => string.Join(' ',
            string.Join(',', store.Events.Where(e => e.VisitId == v.VisitId).Select(e => e.EventId.ToString()[..4]).Order()),
            (v with { VisitId = 0, VisitorId = 0, VisitNumber = 0, FirstReceivedAt = Noon, Version = 0 }).ToString())).Order());

    static List<Sent> ToEvents(List<Step> steps)
    {
        var clock = new Dictionary<int, (double At, double Arrives, bool Consented, bool Named)>();
        var sent = new List<Sent>();
        foreach (var step in steps)
        {
            var isFirst = !clock.TryGetValue(step.Person, out var last);
            var at = last.At + step.Gap + step.Person * 0.001;
            var engages = step.Kind == 0 && !isFirst;
            // The first person always has an id of their own. The others are known by two days' salts: an event of the morning,
            // which may continue a visit of the day before, must arrive the same day.
            var (consented, named) = (last.Consented || step.Person == 0 || step.Id == 0, last.Named || step.Id == 1);
            var delay = step.Person == 0 ? step.Delay : Math.Min(step.Delay, (At(at).Date.AddDays(At(at).Hour < 12 ? 1 : 2) - At(at)).TotalMinutes - 1);
            var arrives = engages ? Math.Max(at, last.Arrives) : at + delay;
            clock[step.Person] = (at, Math.Max(arrives, last.Arrives), consented, named);
            sent.Add(new(Guid.NewGuid(), step, at, arrives, engages, consented, named));
        }
        return sent;
    }

    /// <summary>As the collector makes it: hashed with the salts of the day of receipt and of the day before.</summary>
    static CollectedEvent ToEvent(Sent s)
    {
        var (step, day) = (s.Step, At(s.ArrivesAt).DayOfYear);
        return new CollectedEvent
        {
            Id = s.Id,
            Name = s.Engages ? EventNames.Engagement : step.Kind < 3 ? "signup" : EventNames.PageView,
            Timestamp = At(s.At), ClientTimestamp = At(s.At),
            Url = $"https://example.com/{step.Page}?utm_source=s{step.Page}",
            CookielessId = Hash(step.Person, day), CookielessIdYesterday = Hash(step.Person, day - 1),
            ConsentedId = s.Consented ? 200u + (ulong)step.Person : 0,
            UserId = s.Named ? $"user{step.Person}" : "", UserIdHash = s.Named ? 300u + (ulong)step.Person : 0,
            Mode = s.Consented || s.Named ? VisitorMode.Consented : VisitorMode.Cookieless,
            Interactive = step.Kind == 1, EngagementMs = s.Engages ? 1000u : 0,
        };
    }

    static ulong Hash(int person, int day) => 10_000u * (ulong)(person + 1) + (ulong)day;

    static string Print(List<Sent> sent) => "\n" + string.Join('\n', sent.OrderBy(s => s.ArrivesAt).Select(s =>
        $"{s.ArrivesAt,9:0.000} {s.At,9:0.000} {s.Event.Id.ToString()[..4]} {s.Event.Name,-10} {s.Event.CookielessId} {s.Event.CookielessIdYesterday} {s.Event.ConsentedId} {s.Event.UserId}"));
}
