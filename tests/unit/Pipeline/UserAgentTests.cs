using System.Text.Json;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Enrichment;
using Xunit.Abstractions;
using YamlDotNet.Serialization;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public class UserAgentTests(ITestOutputHelper output)
{
    static readonly UserAgentParser Parser = new(DataFiles.Find(DataFiles.UserAgentRegexes));
    static readonly CrawlerList Crawlers = new(DataFiles.Find(DataFiles.Crawlers));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome", "126.0", "Windows", "10", "desktop")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari", "17.5", "Mac OS X", "10.15", "desktop")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "127.0", "Linux", "", "desktop")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Mobile Safari", "17.5", "iOS", "17.5", "mobile")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1", "Mobile Safari", "16.6", "iOS", "16.6", "tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome Mobile", "126.0", "Android", "14", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome", "126.0", "Android", "13", "tablet")]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/6.0 TV Safari/537.36", "Safari", "6.0", "Tizen", "6.0", "tv")]
    [InlineData("Mozilla/5.0 (PlayStation; PlayStation 5/6.00) AppleWebKit/605.1.15 (KHTML, like Gecko)", null, null, null, null, "console")]
    [InlineData("", "", "", "", "", "")]
    public void Browser_system_and_device(string userAgent, string? browser, string? version, string? os, string? osVersion, string device)
    {
        var row = Row(From(userAgent));
        Assert.Equal((browser ?? row.Browser, version ?? row.BrowserVersion), (row.Browser, row.BrowserVersion));
        Assert.Equal((os ?? row.Os, osVersion ?? row.OsVersion, device), (row.Os, row.OsVersion, row.DeviceType));
        Assert.Equal(0, row.BotScore);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Apple", "iPhone")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1", "Apple", "iPad")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Samsung", "SM-X700")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "Google", "Pixel 8")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "", "")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Apple", "Mac")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "", "")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36 (compatible; Googlebot/2.1)", "", "")]
    public void Brand_and_model_where_known(string userAgent, string brand, string model) =>
        Assert.Equal((brand, model), Row(From(userAgent)) is var row ? (row.DeviceBrand, row.DeviceModel) : default);

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36", "HeadlessChrome")]
    [InlineData("Mozilla/5.0 (compatible; my-private-crawler/1.0)", "my-private-crawler")]
    public void Bots_are_stored_with_score_name_and_reason(string userAgent, string name)
    {
        var row = Row(From(userAgent));
        Assert.Equal((100, name), (row.BotScore, row.BotName));
        Assert.NotEmpty(row.BotReasons);
    }

    [Fact]
    public void Long_user_agents_are_bounded() => Assert.Equal(0, Row(From(new string('a', 100_000))).BotScore);

    [CorpusTheory("uap-core")]
    [InlineData("test_ua.yaml")]
    [InlineData("test_os.yaml")]
    [InlineData("test_device_sample.yaml")]
    public void Agrees_with_the_cases_of_ua_parser(string file)
    {
        var cases = Corpus<Dictionary<string, List<Dictionary<string, string?>>>>("uap-core", file)["test_cases"];
        var failed = cases.Where(c => !Agrees(c, file)).Select(c => c["user_agent_string"]).ToList();
        output.WriteLine($"{file}: {cases.Count - failed.Count} of {cases.Count} agree.");
        Assert.True(failed.Count == 0, $"{failed.Count} of {cases.Count} differ:\n{string.Join('\n', failed.Take(20))}");
    }

    [CorpusTheory("isbot")]
    [InlineData("browsers.yml", 0.01)]
    public void Browsers_of_people_are_not_called_bots(string file, double bar)
    {
        var browsers = Corpus<Dictionary<string, List<string>>>("isbot", file).Values.SelectMany(v => v).ToList();
        var wrong = browsers.Where(b => Crawlers.Find(b) is not null).ToList();
        output.WriteLine($"{wrong.Count} of {browsers.Count} called bots:\n{string.Join('\n', wrong)}");
        Assert.InRange((double)wrong.Count / browsers.Count, 0, bar);
    }

    [Fact]
    public void Crawlers_of_the_list_are_found()
    {
        var crawlers = JsonDocument.Parse(File.ReadAllText(DataFiles.Find(DataFiles.Crawlers))).RootElement.EnumerateArray()
            .SelectMany(e => e.GetProperty("instances").EnumerateArray()).Select(i => i.GetString()!).ToList();
        var missed = crawlers.Where(c => Crawlers.Find(c) is null).ToList();
        output.WriteLine($"{missed.Count} of {crawlers.Count} missed:\n{string.Join('\n', missed)}");
        Assert.InRange((double)missed.Count / crawlers.Count, 0, 0.01);
    }

    static bool Agrees(Dictionary<string, string?> c, string file)
    {
        var (actual, names) = file switch
        {
            "test_ua.yaml" => (Parser.Browser(c["user_agent_string"]!), (string[])["family", "major", "minor", "patch"]),
            "test_os.yaml" => (Parser.System(c["user_agent_string"]!), ["family", "major", "minor", "patch", "patch_minor"]),
            _ => (Parser.Device(c["user_agent_string"]!), ["family", "brand", "model"]),
        };
        return names.Select((name, i) => (actual[i] ?? "") == (c.GetValueOrDefault(name) ?? "")).All(same => same);
    }

    static T Corpus<T>(string set, string file) =>
        new DeserializerBuilder().Build().Deserialize<T>(File.ReadAllText(Path.Combine(CorpusTheoryAttribute.Folder, set, file)));

    static CollectedEvent From(string userAgent) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = Noon, ClientTimestamp = Noon, CookielessId = 1, UserAgent = userAgent,
    };
}
