using CsCheck;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Store;

public sealed class EventStoreTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    static readonly DateTime Noon = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc);
    readonly EventStore events = fixture.Store.Events;

    [Fact]
    public async Task The_same_chunk_sent_three_times_is_stored_once_over_several_months()
    {
        var rows = Chunk(5000, site: 10);
        Assert.True(rows.Select(r => r.Timestamp.Month).Distinct().Count() >= 3);
        for (var i = 0; i < 3; i++) await events.InsertAsync(rows, rows[0].ChunkId.ToString(), default);
        Assert.Equal(5000UL, await CountAsync(10));
    }

    [Fact]
    public async Task A_half_stored_chunk_is_completed_by_the_rest_under_the_same_token()
    {
        var rows = Chunk(1000, site: 11);
        var token = rows[0].ChunkId.ToString();
        var month = rows[0].Timestamp.Month;
        await events.InsertAsync([.. rows.Where(r => r.Timestamp.Month == month)], token, default);
        await events.InsertAsync([.. rows.Where(r => r.Timestamp.Month != month)], token, default);
        Assert.Equal(1000UL, await CountAsync(11));
        await events.InsertAsync(rows, token, default);
        Assert.Equal(1000UL, await CountAsync(11));
    }

    [Fact]
    public async Task History_is_loaded_in_blocks_of_100_000_rows()
    {
        var row = RandomRows.Event.Single() with { SiteId = 12, Title = "t" };
        EventRow[] rows = [.. Enumerable.Range(0, 100_000).Select(i => row with { EventId = Guid.NewGuid(), ChunkIndex = (ushort)i })];
        await events.InsertAsync(rows, "history-1", default);
        await events.InsertAsync(rows, "history-1", default);
        Assert.Equal(100_000UL, await CountAsync(12));
        Assert.Equal(1UL, await fixture.Client.ExecuteScalarAsync("SELECT uniqExact(_part) FROM events WHERE site_id = 12"));
    }

    [Fact]
    public async Task Stored_ids_are_found_within_their_time()
    {
        var rows = Chunk(3, site: 13).Select((r, i) => r with { ReceivedAt = Noon.AddHours(-i) }).ToArray();
        await events.InsertAsync(rows, "ids", default);
        var found = await events.FindAsync([13], [.. rows.Select(r => r.EventId), Guid.NewGuid()], Noon.AddHours(-1), default);
        Assert.Equal([rows[1].EventId, rows[0].EventId], found.OrderBy(f => f.ReceivedAt).Select(f => f.EventId));
        Assert.Equal(found.OrderBy(f => f.EventId), (await events.ReceivedSinceAsync([13], Noon.AddHours(-1), default)).OrderBy(f => f.EventId));
    }

    [Fact]
    public async Task The_live_board_restarts_from_the_people_last_heard_of()
    {
        EventRow[] rows =
        [
            .. Chunk(2, site: 14).Select((r, i) => r with { VisitorId = 1, BotScore = 0, ReceivedAt = Noon.AddSeconds(-i) }),
            Chunk(1, site: 14)[0] with { VisitorId = 2, BotScore = EventRow.BotThreshold, ReceivedAt = Noon },
        ];
        await events.InsertAsync(rows, "heard", default);
        Assert.Equal([new VisitorHeard(14, 1, Noon)], await events.HeardSinceAsync([14], Noon.AddMinutes(-5), default));
        Assert.Equal(Noon, await events.NewestAsync(14, Noon.AddMinutes(-5), default));
        Assert.Null(await events.NewestAsync(99, Noon.AddMinutes(-5), default));
    }

    [Fact]
    public async Task Events_of_a_visit_come_in_arrival_order_for_many_visits_too()
    {
        var rows = Chunk(50, site: 15).Select((r, i) => r with { VisitId = 1 + (ulong)i % 2, ReceivedAt = Noon.AddSeconds(-i) }).ToArray();
        await events.InsertAsync(rows, "visits", default);
        var asked = Enumerable.Range(1, 9000).Select(i => (ulong)i).Where(v => v != 2);
        var back = await events.OfVisitsAsync([15], asked, DateTime.UnixEpoch, Noon.AddYears(1), default);
        Assert.Equal(rows.Where(r => r.VisitId == 1).Reverse().Select(r => r.EventId), back.Select(r => r.EventId));
    }

    static EventRow[] Chunk(int count, int site)
    {
        var chunk = Guid.CreateVersion7();
        return [.. RandomRows.Event.Array[count].Single().Select((r, i) => r with { SiteId = site, ChunkId = chunk, ChunkIndex = (ushort)i })];
    }

    async Task<object> CountAsync(int site) => await fixture.Client.ExecuteScalarAsync($"SELECT count() FROM events WHERE site_id = {site}");
}
