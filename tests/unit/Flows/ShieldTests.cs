using SaaS.Analytics.Flows;

namespace SaaS.Analytics.Tests.Flows;

public class ShieldTests
{
    [Theory]
    [InlineData("ip", "203.0.113.7", "203.0.113.7")]
    [InlineData("ip", " 10.1.2.3/8 ", "10.0.0.0/8")]
    [InlineData("ip", "203.0.113.77/28", "203.0.113.64/28")]
    [InlineData("ip", "2001:DB8:1::5/48", "2001:db8:1::/48")]
    [InlineData("ip", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("ip", "203.0.113", null)]
    [InlineData("ip", "0.0.0.0/0", null)]
    [InlineData("ip", "203.0.113.7/33", null)]
    [InlineData("ip", "example.com", null)]
    [InlineData("country", "de", "DE")]
    [InlineData("country", "A1", "A1")]
    [InlineData("country", "Germany", null)]
    [InlineData("page", "/admin/**", "/admin/**")]
    [InlineData("page", "admin", null)]
    [InlineData("page", "/**", null)]
    [InlineData("page", "/a?b=1", null)]
    [InlineData("hostname", "*.Staging.example.com", "*.staging.example.com")]
    [InlineData("hostname", "*", null)]
    [InlineData("hostname", "https://example.com", null)]
    [InlineData("hostname", "", null)]
    [InlineData("weather", "sunny", null)]
    public void Input_becomes_a_rule_or_is_explained(string fact, string text, string? value)
    {
        var (normal, error) = ShieldFacts.Normal(fact, text);
        Assert.Equal(value, normal);
        Assert.Equal(value is null, error is { Length: > 10 });
        if (value is not null)
            new ShieldRule(fact, value).Condition.Compile();
    }

    [Theory]
    [InlineData("ip", "203.0.113.64/28", "203.0.113.79", true)]
    [InlineData("ip", "203.0.113.64/28", "203.0.113.80", false)]
    [InlineData("ip", "203.0.113.7", "203.0.113.7", true)]
    [InlineData("ip", "203.0.113.7", "203.0.113.70", false)]
    [InlineData("ip", "2001:db8:1::/48", "2001:db8:1:2::3", true)]
    [InlineData("country", "DE", "DE", true)]
    [InlineData("country", "DE", "", false)]
    [InlineData("page", "/admin/**", "/admin/a/b", true)]
    [InlineData("page", "/admin/*", "/admin/a/b", false)]
    [InlineData("page", "/admin/*", "/admin/a", true)]
    [InlineData("page", "/a.b", "/axb", false)]
    [InlineData("hostname", "*.example.net", "a.b.example.net", true)]
    [InlineData("hostname", "*.example.net", "example.net", false)]
    public void A_rule_holds_for_what_it_says(string fact, string rule, string value, bool holds)
    {
        var shields = new Shields([new ShieldRule(fact, rule)]);
        Assert.Equal(holds ? "shield_" + fact : null, shields.Reason(fact, value));
        Assert.Null(shields.Reason("another", value));
    }
}
