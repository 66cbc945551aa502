using System.Text.Json;
using SaaS.Analytics.Pipeline.Enrichment;
using Xunit.Abstractions;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public class EnrichmentTests(ITestOutputHelper output)
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
        Assert.Equal(expected, ChannelRules.Default.Names);
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

    [Theory]
    [InlineData("https://e.com/users/anna.m%40example.org/edit", "/users/[email]/edit", "")]
    [InlineData("https://e.com/users/anna+news@mail.example.co.uk", "/users/[email]", "")]
    [InlineData("https://e.com/?email=anna@example.org&x=1", "/", "email=[email]&x=1")]
    [InlineData("https://e.com/?token=s3cret&reset_password=abc&a=b&Access_Token=1", "/", "token=[token]&reset_password=[token]&a=b&Access_Token=[token]")]
    [InlineData("https://e.com/pay/4111111111111111/done?card=5500%2000%2000", "/pay/[number]/done", "card=5500%2000%2000")]
    [InlineData("https://e.com/?card=4111-1111-1111-1111", "/", "card=[number]")]
    [InlineData("https://e.com/?x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc", "/", "x=[token]")]
    [InlineData("https://e.com/@anna/logo@2x.png?v=react@18.2.0", "/@anna/logo@2x.png", "v=react@18.2.0")]
    [InlineData("https://e.com/p/1699999999999/4111111111111112?t=1754007310", "/p/1699999999999/4111111111111112", "t=1754007310")]
    [InlineData("https://e.com/o/550e8400-e29b-41d4-a716-446655440000", "/o/550e8400-e29b-41d4-a716-446655440000", "")]
    public void People_are_masked_in_addresses(string url, string path, string query)
    {
        var row = Row(PageView(0, url));
        Assert.Equal((path, query), (row.Path, row.Query));
    }

    [Fact]
    public void People_are_masked_in_whatever_the_browser_tells_by_itself()
    {
        var row = Row(PageView(
            0, "https://e.com/?utm_source=list&utm_content=anna@example.org&ref=ben@example.org#access_token=abc",
            referrer: "https://other.org/inbox/anna@example.org", title: "Inbox of anna@example.org",
            props: [new("url", "https://o.org/?token=1"), new("note", "ben@example.org")]));
        Assert.Equal(("[email]", "access_token=[token]", "Inbox of [email]"), (row.UtmContent, row.Fragment, row.Title));
        Assert.Equal("https://other.org/inbox/[email]", row.Referrer);
        Assert.Equal(["https://o.org/?token=[token]", "ben@example.org"], row.Props.Select(p => p.Value));
    }

    [Fact]
    public void A_visitor_named_by_ref_is_no_source() =>
        Assert.Equal("[email]", Row(PageView(0, "https://e.com/?ref=ben@example.org")).Source);

    [Theory]
    [InlineData("https://semalt.com/", true)]
    [InlineData("https://forum.semalt.com/crawl", true)]
    [InlineData("https://notsemalt.com/", false)]
    [InlineData("https://semalt.com.example.org/", false)]
    [InlineData("https://free-share-buttons.example/", true)]
    [InlineData("https://www.seoul.example/", false)]
    [InlineData("https://museo-prado.example/", false)]
    [InlineData("https://bestseoul.example/", false)]
    [InlineData("https://www.google.com/", false)]
    public void Referrer_spam_is_stored_as_a_bot(string referrer, bool spam)
    {
        var row = Row(PageView(0, referrer: referrer));
        Assert.Equal(spam ? (100, "Referrer spam", "referrer_spam") : (0, "", ""), (row.BotScore, row.BotName, row.BotReasons));
    }

    [CorpusTheory("referrer-spam")]
    [InlineData(0.05)]
    public void Referrer_spam_of_a_public_list_is_found(double bar)
    {
        var file = Directory.GetFiles(Path.Combine(CorpusTheoryAttribute.Folder, "referrer-spam"), "*.txt").Single(f => !f.Contains("LICENSE"));
        var hosts = File.ReadAllLines(file).Where(l => l.Length > 0).ToList();
        var (own, with) = (ReferrerSpam.Load(), ReferrerSpam.Load(file));
        var found = hosts.Count(own.Contains);
        output.WriteLine($"{found} of {hosts.Count} by our own list, {hosts.Count(with.Contains)} with the public one.");
        Assert.InRange(found / (double)hosts.Count, bar, 1);
        Assert.All(hosts, h => Assert.True(with.Contains(h) && with.Contains("www." + h), h));
        Assert.All(hosts.Where(h => !own.Contains(h)), h => Assert.False(with.Contains(h + ".example"), h));
    }

    [Fact]
    public void No_known_source_is_referrer_spam()
    {
        using var stream = typeof(SourceList).Assembly.GetManifestResourceStream("sources.json")!;
        var hosts = JsonDocument.Parse(stream).RootElement.EnumerateArray()
            .SelectMany(s => s.GetProperty("hosts").EnumerateArray()).Select(h => h.GetString()!.Replace("*", "com", StringComparison.Ordinal));
        Assert.DoesNotContain(hosts, ReferrerSpam.Load().Contains);
    }
}
