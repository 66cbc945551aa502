using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Tests.Portal;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(999.4, "999")]
    [InlineData(1234d, "1,234")]
    [InlineData(9999d, "9,999")]
    [InlineData(12_345d, "12.3k")]
    [InlineData(100_000d, "100k")]
    [InlineData(999_499d, "999k")]
    [InlineData(999_500d, "1M")]
    [InlineData(1_234_567d, "1.2M")]
    [InlineData(-12_345d, "-12.3k")]
    [InlineData(double.NaN, "–")]
    [InlineData(null, "–")]
    public void Numbers(double? value, string text) => Assert.Equal(text, Format.Number(value));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(45.4, "45s")]
    [InlineData(59.6, "1m 00s")]
    [InlineData(83, "1m 23s")]
    [InlineData(7500, "2h 5m")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Durations(double seconds, string text) => Assert.Equal(text, Format.Duration(seconds));

    [Theory]
    [InlineData(0.04, "0%")]
    [InlineData(9.94, "9.9%")]
    [InlineData(48.6, "49%")]
    public void Percentages(double percent, string text) => Assert.Equal(text, Format.Percent(percent));

    [Fact]
    public void A_change_from_nothing_has_no_percentage()
    {
        Assert.Null(Format.Change(5, 0));
        Assert.Equal(-50, Format.Change(5, 10));
    }

    [Fact]
    public void Times_are_those_of_the_zone() =>
        Assert.Equal("22 Nov 2026, 00:30", Format.Time(new DateTime(2026, 11, 21, 23, 30, 0, DateTimeKind.Utc), "Europe/Berlin"));
}
