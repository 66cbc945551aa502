using SaaS.Analytics.Events;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>What headers and networks add to the user agent.</summary>
public class SignsTests
{
    const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36";
    const string Mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36";
    const string Android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36";
    const string Linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36";

    [Theory]
    [InlineData(SenderSigns.None, Chrome, "1920x1080", 0, "", "")]
    [InlineData(SenderSigns.NoLanguage, Chrome, "1920x1080", 30, "", "no_language")]
    [InlineData(SenderSigns.Hosting, Chrome, "1920x1080", 40, "", "hosting_network")]
    [InlineData(SenderSigns.Anonymiser, Chrome, "1920x1080", 0, "", "")]
    [InlineData(SenderSigns.Hosting | SenderSigns.NoLanguage, Chrome, "", 70, "Unnamed", "no_language,hosting_network")]
    [InlineData(SenderSigns.NoLanguage, Chrome, "800x600", 55, "Unnamed", "no_language,headless_screen")]
    [InlineData(SenderSigns.NoLanguage, "", "", 45, "", "no_language,no_user_agent")]
    [InlineData(SenderSigns.None, "", "", 0, "", "")]
    [InlineData(SenderSigns.Hosting, "curl/8.5.0", "", 100, "curl", "crawler_list,hosting_network")]
    public void Signs_add_up(SenderSigns signs, string userAgent, string screen, int score, string name, string reasons)
    {
        var row = Row(From(userAgent, signs: signs, screen: screen));
        Assert.Equal((score, name, reasons), (row.BotScore, row.BotName, row.BotReasons));
        Assert.Equal(name.Length > 0, row.BotScore >= EventRow.BotThreshold);
    }

    [Fact]
    public void A_headless_browser_says_so_in_its_hints() => Assert.Equal(
        (100, "HeadlessChrome", "headless_hint"),
        Row(From(Chrome, "Sec-CH-UA: \"HeadlessChrome\";v=\"128\", \"Not;A=Brand\";v=\"24\"\n")) is var row ? (row.BotScore, row.BotName, row.BotReasons) : default);

    [Theory]
    [InlineData(Chrome, "Google Chrome", "\"Windows\"", "15.0.0", "?0", "Chrome", "128.0", "Windows", "11", "desktop")]
    [InlineData(Chrome, "Google Chrome", "\"Windows\"", "10.0.0", "?0", "Chrome", "128.0", "Windows", "10", "desktop")]
    [InlineData(Chrome, "Google Chrome", "\"Windows\"", null, "?0", "Chrome", "128.0", "Windows", "10", "desktop")]
    [InlineData(Chrome, "Brave", "\"Windows\"", null, "?0", "Brave", "128.0", "Windows", "10", "desktop")]
    [InlineData(Mac, "Vivaldi", "\"macOS\"", "14.5.0", "?0", "Vivaldi", "128.0", "Mac OS X", "14.5", "desktop")]
    [InlineData(Android, "Google Chrome", "\"Android\"", "14.0.0", "?1", "Chrome Mobile", "128.0", "Android", "14", "mobile")]
    [InlineData(Linux, "Google Chrome", "\"Android\"", "14.0.0", "?0", "Chrome", "128.0", "Android", "14", "tablet")]
    [InlineData(Linux, "Google Chrome", "\"Linux\"", "6.5.0", "?0", "Chrome", "128.0", "Linux", "6.5", "desktop")]
    public void Client_hints_correct_the_user_agent(
        string userAgent, string brand, string platform, string? version, string mobile, string browser, string browserVersion, string os, string osVersion, string device)
    {
        var hints = $"Sec-CH-UA: \"Chromium\";v=\"128\", \"Not;A=Brand\";v=\"24\", \"{brand}\";v=\"128\"\nSec-CH-UA-Mobile: {mobile}\nSec-CH-UA-Platform: {platform}\n"
            + (version is null ? "" : $"Sec-CH-UA-Platform-Version: \"{version}\"\n");
        var row = Row(From(userAgent, hints));
        Assert.Equal((browser, browserVersion, os, osVersion, device), (row.Browser, row.BrowserVersion, row.Os, row.OsVersion, row.DeviceType));
    }

    [Theory]
    [InlineData("\"Pixel 8\"", "Google", "Pixel 8")]
    [InlineData("\"SM-S918B\"", "Samsung", "SM-S918B")]
    [InlineData("\"\"", "", "")]
    public void A_model_in_the_hints_names_phones_that_keep_it_back(string hint, string brand, string model)
    {
        var row = Row(From(Android, $"Sec-CH-UA: \"Google Chrome\";v=\"128\"\nSec-CH-UA-Model: {hint}\n"));
        Assert.Equal((brand, model), (row.DeviceBrand, row.DeviceModel));
    }

    [Theory]
    [InlineData("Sec-CH-UA: ")]
    [InlineData("Sec-CH-UA: \"\"\"\";v=;;,,\nSec-CH-UA-Platform: \"\nSec-CH-UA-Platform-Version: ...\nnonsense\n: \n")]
    public void Hints_that_make_no_sense_change_nothing(string hints) =>
        Assert.Equal(Row(From(Chrome)), Row(From(Chrome, hints)), EqualButForIds);

    static bool EqualButForIds(EventRow a, EventRow b) => (a.Browser, a.BrowserVersion, a.Os, a.OsVersion, a.DeviceType, a.BotScore) == (b.Browser, b.BrowserVersion, b.Os, b.OsVersion, b.DeviceType, b.BotScore);

    static CollectedEvent From(string userAgent, string hints = "", SenderSigns signs = SenderSigns.None, string screen = "") => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = Noon, ClientTimestamp = Noon, CookielessId = 1,
        UserAgent = userAgent, ClientHints = hints, Signs = signs, Screen = screen,
    };
}
