using SaaS.Analytics.Pipeline.Enrichment;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public class EnrichmentTests
{
    [Theory]
    [InlineData("Cross-network", "https://e.com/?utm_source=google&utm_medium=cpc&utm_campaign=Spring%20Cross-Network", "")]
    [InlineData("Paid Shopping", "https://e.com/?utm_source=ebay&utm_medium=cpc", "")]
    [InlineData("Paid Shopping", "https://e.com/?utm_source=foo&utm_medium=ppc&utm_campaign=summer-shop", "")]
    [InlineData("Paid Search", "https://e.com/?utm_source=Google&utm_medium=CPC", "")]
    [InlineData("Paid Search", "https://e.com/?gclid=abc", "https://www.google.com/")]
    [InlineData("Paid Search", "https://e.com/?msclkid=abc", "https://www.bing.com/")]
    [InlineData("Organic Search", "https://e.com/?msclkid=abc", "https://www.google.com/")]
    [InlineData("Paid Social", "https://e.com/?utm_source=fb&utm_medium=paid-social", "")]
    [InlineData("Paid Video", "https://e.com/?utm_source=youtube&utm_medium=cpv-cpc", "")]
    [InlineData("Display", "https://e.com/?utm_source=foo&utm_medium=cpm", "")]
    [InlineData("Paid Other", "https://e.com/?utm_source=foo&utm_medium=retargeting", "")]
    [InlineData("Organic Shopping", "https://e.com/", "https://www.amazon.co.uk/dp/1")]
    [InlineData("Organic Social", "https://e.com/", "https://t.co/abc")]
    [InlineData("Organic Social", "https://e.com/?utm_source=foo&utm_medium=sm", "")]
    [InlineData("Organic Video", "https://e.com/", "https://m.youtube.com/watch?v=1")]
    [InlineData("AI Assistants", "https://e.com/?utm_source=chatgpt.com", "")]
    [InlineData("Organic Search", "https://e.com/", "https://duckduckgo.com/")]
    [InlineData("Email", "https://e.com/?utm_source=list&utm_medium=e-mail", "")]
    [InlineData("Email", "https://e.com/?utm_source=newsletter", "")]
    [InlineData("Affiliates", "https://e.com/?utm_source=foo&utm_medium=affiliate", "")]
    [InlineData("Audio", "https://e.com/?utm_source=foo&utm_medium=audio", "")]
    [InlineData("SMS", "https://e.com/?utm_source=sms", "")]
    [InlineData("Mobile Push", "https://e.com/?utm_source=foo&utm_medium=webpush", "")]
    [InlineData("Mobile Push", "https://e.com/?utm_source=firebase", "")]
    [InlineData("Referral", "https://e.com/", "https://blog.other.org/post")]
    [InlineData("Referral", "https://e.com/?ref=partner", "")]
    [InlineData("Referral", "https://e.com/?utm_medium=link", "")]
    [InlineData("Direct", "https://e.com/", "")]
    [InlineData("Direct", "https://shop.example.com/", "https://www.example.com/cart")]
    public void Channel(string channel, string url, string referrer) =>
        Assert.Equal(channel, Row(PageView(0, url, referrer: referrer)).Channel);

    [Fact]
    public void Each_of_the_19_channels_has_its_rule_in_order()
    {
        string[] expected =
        [
            "Cross-network", "Paid Shopping", "Paid Search", "Paid Social", "Paid Video", "Display", "Paid Other", "Organic Shopping",
            "Organic Social", "Organic Video", "AI Assistants", "Organic Search", "Email", "Affiliates", "Audio", "SMS", "Mobile Push",
            "Referral", "Direct",
        ];
        Assert.Equal(expected, ChannelRules.Load().Names);
    }

    [Theory]
    [InlineData("google.com", "Google", "search")]
    [InlineData("news.google.com", "Google News", "reference")]
    [InlineData("images.google.co.uk", "Google", "search")]
    [InlineData("google.evil.com", "google.evil.com", "")]
    [InlineData("notgoogle.com", "notgoogle.com", "")]
    [InlineData("mail.google.com", "Gmail", "email")]
    [InlineData("gemini.google.com", "Gemini", "ai")]
    [InlineData("netflix.com", "Netflix", "video")]
    [InlineData("l.facebook.com", "Facebook", "social")]
    [InlineData("com.google.android.gm", "Gmail", "email")]
    [InlineData("old.reddit.com", "Reddit", "social")]
    [InlineData("localhost", "localhost", "")]
    [InlineData("", "", "")]
    public void Source_of_a_referrer(string host, string name, string category) =>
        Assert.Equal(new Source(name, category), SourceList.Load().OfHost(host));

    [Theory]
    [InlineData("FB", "Facebook", "social")]
    [InlineData("www.facebook.com", "Facebook", "social")]
    [InlineData("adwords", "Google", "search")]
    [InlineData("My Partner", "My Partner", "")]
    public void Source_of_a_tag(string tag, string name, string category) =>
        Assert.Equal(new Source(name, category), SourceList.Load().OfTag(tag));

    [Theory]
    [InlineData("https://Www.Example.COM/A/b?x=1&utm_source=s&fbclid=9&y=%20#part", "https", "www.example.com", "/A/b", "x=1&y=%20", "part")]
    [InlineData("http://example.com:8080", "http", "example.com", "/", "", "")]
    [InlineData("https://example.com/?UTM_Medium=a&gclid", "https", "example.com", "/", "", "")]
    [InlineData("https://example.com/?ref=a&&b", "https", "example.com", "/", "ref=a&b", "")]
    [InlineData("app://shop/cart", "app", "shop", "/cart", "", "")]
    [InlineData("", "", "", "", "", "")]
    [InlineData("no url", "", "", "", "", "")]
    public void Url(string url, string scheme, string host, string path, string query, string fragment)
    {
        var row = Row(PageView(0, url));
        Assert.Equal((scheme, host, path, query, fragment), (row.Scheme, row.Hostname, row.Path, row.Query, row.Fragment));
        Assert.Equal(url == "no url" ? "url_not_parsed" : "", row.Notes);
    }

    [Fact]
    public void Campaign_parameters_are_decoded_and_click_ids_lose_their_value()
    {
        var row = Row(PageView(0, "https://e.com/?utm_source=My+List&utm_medium=m&utm_campaign=%C3%BC&utm_term=t&utm_content=c&fbclid=secret"));
        Assert.Equal(("My List", "m", "ü", "t", "c", "fbclid"), (row.UtmSource, row.UtmMedium, row.UtmCampaign, row.UtmTerm, row.UtmContent, row.ClickId));
        Assert.DoesNotContain("secret", row.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://www.other.org/a/b?token=1#x", "https://www.other.org/a/b", "other.org")]
    [InlineData("https://anna:secret@other.org/a", "https://other.org/a", "other.org")]
    [InlineData("https://shop.example.com/a", "", "")]
    [InlineData("android-app://com.google.android.gm/", "android-app://com.google.android.gm/", "com.google.android.gm")]
    [InlineData("about:blank", "", "")]
    [InlineData("%%%", "", "")]
    public void Referrer(string sent, string kept, string host)
    {
        var row = Row(PageView(0, referrer: sent));
        Assert.Equal((kept, host), (row.Referrer, row.ReferrerHost));
    }
}
