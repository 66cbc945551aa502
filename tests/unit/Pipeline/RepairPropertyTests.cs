using CsCheck;
using SaaS.Analytics.Events;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;
using static SaaS.Analytics.Tests.Pipeline.VisitStreams;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>
/// The same events in any order of arrival within 30 days give the same visits, visitors and numbers once the repair has run,
/// whatever happens to workers meanwhile; and all of it follows from the stored events alone.
/// </summary>
public class RepairPropertyTests
{
    static readonly long Cases = long.Parse(Environment.GetEnvironmentVariable("PROPERTY_CASES") ?? "300", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Any_order_of_arrival_within_the_lateness_bound_gives_the_same_visits() => Gen.Select(All, Gen.Int[1, 7], Gen.Int[0, 3]).Sample(
        (sent, size, every) => Same(Comparable(InTime(sent)), Comparable(Live(sent, size, every))),
        iter: Cases, threads: 2, print: c => $"{c.Item2} {c.Item3} {Print(c.Item1)}");

    [Fact]
    public void Visits_of_each_visitor_are_numbered_in_the_order_of_time() => Gen.Select(All, Gen.Int[1, 7], Gen.Int[0, 3]).Sample(
        (sent, size, every) =>
        {
            var store = Live(sent, size, every);
            foreach (var visitor in store.Visits.GroupBy(v => v.VisitorId))
            {
                Assert.Equal(Enumerable.Range(1, visitor.Count()), visitor.OrderBy(v => v.Start).Select(v => (int)v.VisitNumber));
                Assert.Equal(visitor.Count(), (int)store.Visitors.Single(v => v.VisitorId == visitor.Key).VisitCount);
            }
        },
        iter: Cases, threads: 2, print: c => $"{c.Item2} {c.Item3} {Print(c.Item1)}");

    [Fact]
    public void Visits_and_visitors_made_again_from_nothing_but_events_are_the_live_ones_row_by_row() => Gen.Select(All, Gen.Int[1, 7], Gen.Int[0, 3]).Sample(
        (sent, size, every) =>
        {
            var store = Live(sent, size, every);
            var before = Rows(store);
            store.RebuildAll(forget: false);
            Same(before, Rows(store));
            store.RebuildAll(forget: true);
            Same(before, Rows(store));
        },
        iter: Cases, threads: 2, print: c => $"{c.Item2} {c.Item3} {Print(c.Item1)}");

    [Fact]
    public void Workers_that_die_between_events_and_visits_and_chunks_that_come_again_change_nothing() => Gen.Select(All, Gen.Int[1, 7], Gen.Int[0, 4].List[1, 10], Gen.Int[0, 3]).Sample(
        (sent, size, faults, every) => Same(Comparable(InTime(sent)), Comparable(Faulty(sent, size, faults, every))),
        iter: Cases, threads: 2, print: c => $"{c.Item2} {string.Join(',', c.Item3)} {c.Item4} {Print(c.Item1)}");

    [Fact]
    public void Engagement_counts_in_its_visit_whenever_it_comes_and_nowhere_while_it_has_none() => Gen.Select(All, Gen.Int[1, 7], Gen.Int[0, 3]).Sample(
        (sent, size, every) =>
        {
            var store = Live(sent, size, every);
            Assert.Equal(sent.Count, store.Events.Count);
            Assert.All(store.Events, e => Assert.True(e.VisitId != 0 || e.Name == EventNames.Engagement));
            foreach (var visit in store.Visits)
                Assert.Equal(visit.EngagementMs, (ulong)store.Events.Where(e => e.VisitId == visit.VisitId).Sum(e => e.EngagementMs));
            Assert.Equal(InTime(sent).Visits.Sum(v => (long)v.EngagementMs), store.Visits.Sum(v => (long)v.EngagementMs));
        },
        iter: Cases, threads: 2, print: c => $"{c.Item2} {c.Item3} {Print(c.Item1)}");

    /// <summary>Says which lines differ.</summary>
    static void Same(string expected, string actual)
    {
        var (wanted, there) = (expected.Split('\n'), actual.Split('\n'));
        if (expected != actual)
            Assert.Fail(string.Join('\n', wanted.Except(there).Select(l => "- " + l).Concat(there.Except(wanted).Select(l => "+ " + l)).Append($"{wanted.Length} {there.Length}")));
    }

    static MemoryStore InTime(List<Sent> sent) => Live([.. sent.Select(s => s with { ArrivesAt = s.At })], size: 1000, every: 0);

    static MemoryStore Live(List<Sent> sent, int size, int every)
    {
        var store = new MemoryStore();
        var n = 0;
        foreach (var chunk in Chunks(sent, size))
        {
            store.Take(chunk);
            if (every > 0 && ++n % every == 0)
                store.Repair();
        }
        store.Repair();
        return store;
    }

    /// <summary>0: nothing happens, 1 and 2: the worker dies, and the chunk comes again at once or after the next, 3: it comes again, 4: only the worker dies.</summary>
    static MemoryStore Faulty(List<Sent> sent, int size, List<int> faults, int every)
    {
        var store = new MemoryStore();
        var n = 0;
        Action? after = null;
        foreach (var chunk in Chunks(sent, size))
        {
            var fault = faults[n++ % faults.Count];
            var (id, events) = fault is 1 or 2 ? store.TakeCutOff(chunk) : store.Take(chunk);
            after?.Invoke();
            after = fault == 2 ? () => store.TakeAgain(id, events, isComplete: false) : null;
            if (fault is 1 or 3)
                store.TakeAgain(id, events, isComplete: fault == 3);
            if (fault == 4)
                store.Restart(events.Max(e => e.ReceivedAt));
            if (every > 0 && n % every == 0)
                store.Repair();
        }
        after?.Invoke();
        store.Repair();
        return store;
    }

    static IEnumerable<IEnumerable<(CollectedEvent, double)>> Chunks(List<Sent> sent, int size) =>
        sent.OrderBy(s => s.ArrivesAt).ThenBy(s => s.At).Chunk(size).Select(c => c.Select(s => (s.Event, s.ArrivesAt)));

    /// <summary>What is in each visit, which visits are of one visitor, and what is known of that one; names of both apart.</summary>
    static string Comparable(MemoryStore store) => string.Join('\n', store.Visits.GroupBy(v => v.VisitorId).Select(g => string.Join('\n',
        g.OrderBy(v => v.Start).ThenBy(v => v.EntryPath).Select(v => Comparable(store, v)).Prepend(Comparable(store.Visitors.Single(v => v.VisitorId == g.Key))))).Order());

    static string Comparable(MemoryStore store, VisitRow visit) => string.Join(' ',
        string.Join(',', store.Events.Where(e => e.VisitId == visit.VisitId && e.VisitorId == visit.VisitorId).Select(e => e.EventId.ToString()[..4]).Order()),
        (visit with { VisitId = 0, VisitorId = 0, FirstReceivedAt = Noon, Version = 0 }).ToString());

    static string Comparable(VisitorRow visitor) => string.Join(' ',
        string.Join(',', visitor.Aliases.Append(visitor.VisitorId).Where(id => id < 10_000).Order()),
        string.Join(',', visitor.Traits.Select(t => $"{t.Key}={t.Value}").Order()),
        (visitor with { VisitorId = 0, LastVisitId = 0, Version = 0, Aliases = [], Traits = [] }).ToString().Replace("System.UInt64[]", "").Split("Aliases")[0]);

    static string Rows(MemoryStore store) => string.Join('\n', store.Visits.Select(v => (v with { Version = 0 }).ToString()).Order()
        .Concat(store.Visitors.Select(v => $"{v with { Version = 0 }} {string.Join(',', v.Aliases)} {string.Join(',', v.Traits)}").Order())
        .Concat(store.Events.Select(e => $"{e.EventId} {e.VisitId} {e.VisitorId}").Order()));
}
