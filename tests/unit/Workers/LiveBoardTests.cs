using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Live;

namespace SaaS.Analytics.Tests.Workers;

public sealed class LiveBoardTests
{
    static readonly DateTime Start = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);
    readonly LiveBoard board = new();

    [Fact]
    public void What_has_changed_is_told_and_told_twice_again_for_whoever_missed_it()
    {
        board.Saw([Row(1)]);
        Assert.Equal(1, Told(0)?.ActiveVisitors);
        Assert.Null(Told(1));
        Assert.Equal(1, Told(5)?.Events);
        Assert.Null(Told(6));
        Assert.Equal(1, Told(20)?.Events);
        Assert.Null(Told(21));
        Assert.Null(Told(200));
    }

    [Fact]
    public void A_change_is_told_at_once_and_begins_the_repeats_anew()
    {
        board.Saw([Row(1)]);
        Told(0);
        Told(5);
        board.Saw([Row(2), Row(2)]);
        var told = Told(6);
        Assert.Equal((2, 3), (told?.ActiveVisitors, told?.Events));
        Assert.NotNull(Told(11));
        Assert.NotNull(Told(26));
        Assert.Null(Told(27));
    }

    [Fact]
    public void That_everybody_has_left_is_told()
    {
        board.Saw([Row(1)]);
        Told(0);
        Assert.Equal(0, Told(301)?.ActiveVisitors);
    }

    SiteActivity? Told(int second) => board.Changes(Start.AddSeconds(second)).SingleOrDefault();

    static EventRow Row(ulong visitor) => new()
    {
        SiteId = 7, EventId = Guid.NewGuid(), VisitorId = visitor, Name = "pageview", ReceivedAt = Start, Timestamp = Start,
        ClientTimestamp = Start, ChunkId = Guid.NewGuid(), ChunkIndex = 0,
    };
}
