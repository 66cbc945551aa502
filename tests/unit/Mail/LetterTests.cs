using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Tests.Mail;

public sealed class LetterTests
{
    readonly OutboxMail mail = new Letter("Hello <b>").Say("5 < 6 & \"so on\"").Link("Open", "https://x.example/?a=1&b=2").To("a@example.com", DateTime.UnixEpoch);

    [Fact]
    public void The_text_holds_the_words_and_the_link_on_a_line_of_its_own() =>
        Assert.Equal("5 < 6 & \"so on\"\n\nOpen:\nhttps://x.example/?a=1&b=2\n", mail.Text);

    [Fact]
    public void Words_cannot_become_markup()
    {
        Assert.Contains("5 &lt; 6 &amp; &quot;so on&quot;", mail.Html);
        Assert.Contains("href=\"https://x.example/?a=1&amp;b=2\"", mail.Html);
        Assert.DoesNotContain("<b>", mail.Html);
    }
}
