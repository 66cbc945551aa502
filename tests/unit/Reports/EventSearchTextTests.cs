using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Tests.Reports;

public sealed class EventSearchTextTests
{
    [Fact]
    public void Fields_minus_quotes_and_words_are_told_apart()
    {
        var terms = EventSearchText.Parse("path:/cart* country:DE -browser:Safari \"free text\" word");
        Assert.Equal(
        [
            new("path", EventMatch.Like, "/cart*", false),
            new("country", EventMatch.Is, "DE", false),
            new("browser", EventMatch.Is, "Safari", true),
            new(null, EventMatch.Contains, "free text", false),
            new(null, EventMatch.Contains, "word", false),
        ], terms);
    }

    [Theory]
    [InlineData("revenue:>=10.5", "revenue", EventMatch.AtLeast, "10.5")]
    [InlineData("scroll:<50", "scroll", EventMatch.Less, "50")]
    [InlineData("props.items:>3", "props.items", EventMatch.More, "3")]
    [InlineData("city:\"New York\"", "city", EventMatch.Is, "New York")]
    [InlineData("title:\"5 * 6\"", "title", EventMatch.Is, "5 * 6")]
    [InlineData("user:*", "user", EventMatch.Present, "")]
    [InlineData("props.plan:pro", "props.plan", EventMatch.Is, "pro")]
    [InlineData("title:\"a \\\"b\\\" \\\\\"", "title", EventMatch.Is, "a \"b\" \\")]
    public void A_field_is_compared_as_its_value_says(string text, string field, EventMatch match, string value) =>
        Assert.Equal([new EventTerm(field, match, value, false)], EventSearchText.Parse(text));

    [Theory]
    [InlineData("https://example.com/a")]
    [InlineData("-")]
    [InlineData("12:")]
    [InlineData("/a:b")]
    public void What_only_looks_like_a_field_is_text(string text)
    {
        if (text == "12:") Assert.Throws<EventSearchException>(() => EventSearchText.Parse(text));
        else Assert.Equal([new EventTerm(null, EventMatch.Contains, text, false)], EventSearchText.Parse(text));
    }

    [Theory]
    [InlineData("contry:DE", 0, "There is no field “contry”")]
    [InlineData("a country:", 2, "“country:” lacks a value")]
    [InlineData("x \"open", 2, "A quotation mark is open")]
    [InlineData("browser:>5", 8, "“browser” is no number")]
    [InlineData("revenue:>lots", 8, "After > comes a number")]
    public void What_is_wrong_is_named_with_its_place(string text, int position, string message)
    {
        var wrong = Assert.Throws<EventSearchException>(() => EventSearchText.Parse(text));
        Assert.Equal(position, wrong.Position);
        Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var random = new Random(7);
        const string letters = "ab:\"\\-*<>=. \u00e9path";
        for (var i = 0; i < 5_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => letters[random.Next(letters.Length)])]);
            try
            {
                EventSearchText.Parse(text);
            }
            catch (EventSearchException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }
}
