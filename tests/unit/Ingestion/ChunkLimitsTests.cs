using Microsoft.Extensions.Time.Testing;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class ChunkLimitsTests
{
    readonly FakeTimeProvider time = new();

    [Fact]
    public void The_first_event_after_a_long_silence_is_sealed_soon()
    {
        var pending = Pending(1);
        Assert.False(ChunkLimits.IsDue(pending, 0, time));
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(ChunkLimits.IsDue(pending, 0, time));
    }

    [Fact]
    public void A_trickle_makes_a_chunk_in_two_seconds_and_not_one_of_each_event()
    {
        var sealedAt = time.GetTimestamp();
        var pending = Pending(1);
        time.Advance(TimeSpan.FromMilliseconds(1900));
        Assert.False(ChunkLimits.IsDue(pending, sealedAt, time));
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(ChunkLimits.IsDue(pending, sealedAt, time));
    }

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void Many_events_are_sealed_after_a_second(int events, bool isDue)
    {
        var sealedAt = time.GetTimestamp();
        var pending = Pending(events);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(isDue, ChunkLimits.IsDue(pending, sealedAt, time));
    }

    PendingPartition Pending(int events)
    {
        var pending = new PendingPartition(0);
        for (var i = 0; i < events; i++)
            pending.Add(new SpoolPosition(1, i), new SpoolRecord(RecordKind.Event, 1, 0, 0, new byte[10]), time.GetTimestamp());
        return pending;
    }
}
