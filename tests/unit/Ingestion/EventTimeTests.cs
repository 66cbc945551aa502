using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class EventTimeTests
{
    static readonly DateTime Received = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    /// <param name="client">Event time, minutes after receipt.</param>
    /// <param name="sent">sentAt, minutes after receipt; null for none.</param>
    /// <param name="expected">Corrected time, minutes after receipt.</param>
    [Theory]
    [InlineData(-5, 0, -5)]
    [InlineData(-5, null, -5)]
    [InlineData(-5, -9, -5)]
    [InlineData(-70, -60, -10)]
    [InlineData(55, 60, -5)]
    [InlineData(3, 4, -1)]
    [InlineData(3, null, 0)]
    [InlineData(3, -2, 0)]
    [InlineData(70, 60, 0)]
    public void A_wrong_clock_is_shifted_by_the_difference_and_clamped(int client, int? sent, int expected)
    {
        var (time, corrected) = EventTime.Correct(Received.AddMinutes(client), sent is { } s ? Received.AddMinutes(s) : null, Received);
        Assert.Equal(Received.AddMinutes(expected), time);
        Assert.Equal(expected != client, corrected);
    }

    [Fact]
    public void The_ends_of_time_do_not_overflow()
    {
        Assert.Equal(Received, EventTime.Correct(DateTime.MaxValue, DateTime.MinValue, Received).Time);
        Assert.True(EventTime.Correct(DateTime.MinValue, DateTime.MaxValue, Received).Time <= Received);
    }

    [Fact]
    public void Thirty_days_is_the_lateness_bound()
    {
        Assert.False(EventTime.IsTooOld(Received.AddDays(-30), Received, imports: false));
        Assert.True(EventTime.IsTooOld(Received.AddDays(-30).AddMilliseconds(-1), Received, imports: false));
        Assert.False(EventTime.IsTooOld(Received.AddYears(-20), Received, imports: true));
        Assert.True(EventTime.IsTooOld(DateTime.UnixEpoch, Received, imports: true));
    }
}
