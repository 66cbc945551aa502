using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>
/// Runs the configuration of the public generator <c>fake-web-events</c>: its table of pages, its hours, and its shares of
/// systems, browsers, sources, ads, campaigns and media, each drawn on its own for every visit.
/// </summary>
public static class FakeWebEventsProfile
{
    public const string Host = "www.example.com";

    /// <param name="yaml">Text of <c>config.template.yml</c>.</param>
    public static TrafficProfile Read(TextReader yaml)
    {
        var config = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties()
            .Build().Deserialize<FakeWebEventsConfig>(yaml);
        return new()
        {
            Host = Host,
            Pages = config.Pages.ToDictionary(p => p.Key, p => new PageKind
            {
                Pages = new() { { new($"/{p.Key}", p.Key), 1 } },
                Next = Weights(p.Value),
            }),
            Landing = Weights(config.LandingPages),
            Sources = [.. Sources(config)],
            Devices = new(from os in config.OperatingSystems from b in config.Browsers select (Device(os.Key, b.Key), os.Value * b.Value)),
            Countries = new() { { new("US", "America/New_York", 0, "73.0") { Languages = new() { { "en-US", 1 } } }, 1 } },
            Hours = [.. Enumerable.Range(0, 24).Select(hour => config.VisitsPerHour[hour])],
        };
    }

    static Weighted<string> Weights(Dictionary<string, double> weights) => new(weights.Select(w => (w.Key, w.Value)));

    static IEnumerable<TrafficSource> Sources(FakeWebEventsConfig config) =>
        from source in config.UtmSources
        from medium in config.UtmMediums
        from campaign in config.Campaigns
        from ad in config.Ads
        select new TrafficSource(source.Key, source.Value * medium.Value * campaign.Value * ad.Value, "",
            $"utm_source={source.Key}&utm_medium={medium.Key}&utm_campaign={campaign.Key}&utm_content={ad.Key}");

    static Device Device(string os, string browser)
    {
        var (type, screen) = os is "Android" or "iOS" ? ("mobile", "390x844") : ("desktop", "1920x1080");
        return new(browser, os, type, UserAgents.Of(browser, os), screen);
    }
}
