using System.Text.Json;
using CsCheck;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Store;

public sealed class RoundTripTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    readonly AnalyticStore store = fixture.Store;

    [Fact]
    public async Task Events_come_back_as_they_were_written()
    {
        var chunk = Guid.CreateVersion7();
        EventRow[] rows = [.. Some(RandomRows.Event, 300).Select((r, i) => r with { ChunkId = chunk, ChunkIndex = (ushort)i })];
        await store.Events.InsertAsync(rows, chunk.ToString(), default);
        var back = await store.Events.OfChunkAsync(chunk, [1, 2, 3], rows.Min(r => r.Timestamp), rows.Max(r => r.Timestamp), default);
        AssertSame(rows, back);
    }

    [Fact]
    public async Task Visits_come_back_as_they_were_written()
    {
        VisitRow[] rows = [.. Some(RandomRows.Visit, 200).DistinctBy(v => v.VisitId)];
        await store.Visits.InsertAsync(rows, default);
        var back = await store.Visits.FindAsync([1], rows.Select(v => v.VisitId), default);
        AssertSame(rows.OrderBy(v => v.VisitId), back.OrderBy(v => v.VisitId));
    }

    [Fact]
    public async Task The_highest_version_of_a_visit_counts_in_whichever_order_they_are_written()
    {
        var visit = RandomRows.Visit.Single() with { VisitId = 4711, Version = 5 };
        await store.Visits.InsertAsync([visit], default);
        await store.Visits.InsertAsync([visit with { Version = 4, Pageviews = 1 }], default);
        AssertSame([visit], await store.Visits.FindAsync([1], [4711], default));
    }

    [Fact]
    public async Task Visits_that_may_go_on_are_found_and_tombstones_are_not()
    {
        var visit = RandomRows.Visit.Single() with { SiteId = 77, VisitId = 1, End = new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc) };
        await store.Visits.InsertAsync([visit, visit with { VisitId = 2, MergedInto = 1 }, visit with { VisitId = 3, End = visit.End.AddHours(-1) }], default);
        var open = await store.Visits.EndedSinceAsync([77, 78], visit.End.AddMinutes(-30), default);
        Assert.Equal(1UL, Assert.Single(open).VisitId);
    }

    [Fact]
    public async Task Visitors_come_back_as_they_were_written()
    {
        VisitorRow[] rows = [.. Some(RandomRows.Visitor, 200).DistinctBy(v => v.VisitorId)];
        await store.Visitors.InsertAsync(rows, default);
        var back = await store.Visitors.FindAsync([1], rows.Select(v => v.VisitorId), default);
        AssertSame(rows.OrderBy(v => v.VisitorId), back.OrderBy(v => v.VisitorId));
    }

    [Fact]
    public async Task Ledger_rows_told_twice_count_once()
    {
        var minute = new DateTime(2026, 11, 1, 12, 7, 0, DateTimeKind.Utc);
        LedgerRow[] rows =
        [
            .. ((string[])["invalid", "received"]).Select(outcome => new LedgerRow(9, minute, Guid.Empty, outcome, "réason '", 5)),
        ];
        await store.Ledger.InsertAsync(rows, default);
        await store.Ledger.InsertAsync(rows, default);
        Assert.Equal(rows, await store.Ledger.BetweenAsync(9, minute, minute.AddMinutes(1), default));
    }

    static T[] Some<T>(Gen<T> gen, int count) => gen.Array[count].Single();

    static void AssertSame<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        Assert.Equal(expected.Count(), actual.Count());
        foreach (var (one, other) in expected.Zip(actual)) Assert.Equal(JsonSerializer.Serialize(one), JsonSerializer.Serialize(other));
    }
}
