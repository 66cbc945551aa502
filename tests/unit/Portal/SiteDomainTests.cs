using SaaS.Analytics.Portal.Sites;

namespace SaaS.Analytics.Tests.Portal;

public sealed class SiteDomainTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("  EXAMPLE.com ", "example.com")]
    [InlineData("https://www.example.com/path?q=1#x", "example.com")]
    [InlineData("http://user:pass@shop.example.co.uk:8080/a", "shop.example.co.uk")]
    [InlineData("//example.com/", "example.com")]
    [InlineData("www.example.com.", "example.com")]
    [InlineData("www.com", "www.com")]
    [InlineData("müller.de", "xn--mller-kva.de")]
    [InlineData("xn--mller-kva.de", "xn--mller-kva.de")]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    [InlineData("localhost:5000", "localhost")]
    [InlineData("127.0.0.1:5000", "127.0.0.1")]
    public void The_domain_is_found_in_what_people_paste(string text, string domain) => Assert.Equal(domain, SiteDomain.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("new")]
    [InlineData("example")]
    [InlineData("exa mple.com")]
    [InlineData("-example.com")]
    [InlineData("example..com")]
    [InlineData("exam_ple.com")]
    [InlineData("https://")]
    [InlineData("<script>.com")]
    [InlineData("[::1]")]
    public void Other_text_holds_none(string? text) => Assert.Null(SiteDomain.Of(text));
}
