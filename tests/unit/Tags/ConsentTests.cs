using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Tests.Tags;

/// <summary>What holds where somebody is, until they decide.</summary>
public sealed class ConsentTests
{
    static readonly ConsentDefaults Consent = new()
    {
        Analytics = "granted", Ads = "granted", Personalization = "wait",
        Regions =
        [
            new(["EEA", "GB"], "denied", "denied", "denied"), new(["NO"], "granted", "wait", "wait"),
            new(["US-CA", "CA-QC"], "granted", "denied", "wait"), new(["US"], "granted", "granted", "granted"),
        ],
    };

    [Theory]
    [InlineData("DE", "Berlin", "denied denied denied")]
    [InlineData("GB", "", "denied denied denied")]
    [InlineData("NO", "Oslo", "granted wait wait")]
    [InlineData("US", "California", "granted denied wait")]
    [InlineData("US", "US-CA", "granted denied wait")]
    [InlineData("US", "Texas", "granted granted granted")]
    [InlineData("CA", "Québec", "granted denied wait")]
    [InlineData("CA", "Ontario", "granted granted wait")]
    [InlineData("JP", "Tokyo", "granted granted wait")]
    [InlineData("", "", "denied denied denied")]
    [InlineData("A1", "", "denied denied denied")]
    public void The_narrowest_rule_counts_and_unknown_places_get_the_strictest(string country, string region, string expected)
    {
        var here = Consent.With(Consent.For(country, region));
        Assert.Equal(expected, $"{here.Analytics} {here.Ads} {here.Personalization}");
        Assert.False(here.IsRegional);
    }

    [Fact]
    public void Without_rules_it_is_the_same_everywhere()
    {
        var consent = new ConsentDefaults { Ads = "granted" };
        Assert.All(new[] { "DE", "", "A1" }, c => Assert.Null(consent.For(c, "")));
        Assert.Equal("""{"analytics":"wait","ads":"granted","personalization":"wait","google":true}""", consent.Write());
    }

    [Theory]
    [InlineData("de", "DE")]
    [InlineData(" us-ca ", "US-CA")]
    [InlineData("eea", "EEA")]
    [InlineData("uk", "GB")]
    [InlineData("EU", null)]
    [InlineData("XQ", null)]
    [InlineData("US-XX", null)]
    [InlineData("DE-BE", null)]
    [InlineData("Germany", null)]
    [InlineData("", null)]
    public void Places_are_named_by_code(string text, string? place) => Assert.Equal(place, ConsentPlaces.Read(text));

    [Fact]
    public void A_version_keeps_its_rules_and_the_script_holds_those_of_one_place_only()
    {
        var content = ContainerContent.Read(new ContainerContent([], Consent).Write());
        Assert.Equal(Consent.Write(), content.Consent.Write());
        Assert.Equal(Consent.Write(), ConsentDefaults.Read(Consent.Write()).Write());
        var place = new ContainerPlace("st_0123456789abcdef", 1, "live", 30, []);
        var compiled = ContainerCompiler.Compile(content with { Consent = content.Consent.With(content.Consent.For("DE", "")) }, place);
        Assert.Equal("""{"analytics":0,"ads":0,"personalization":0}""", compiled.Container["consent"]!.ToJsonString());
        Assert.DoesNotContain("EEA", compiled.Container.ToJsonString());
        Assert.Throws<System.Text.Json.JsonException>(() => ContainerContent.Read("""{"items":[],"consent":{"analytics":"wait","ads":"wait","personalization":"wait","regions":[{"places":null}]}}"""));
    }
}
