namespace SaaS.Analytics.Traffic.Profiles;

static class ShopVisitors
{
    public static Weighted<Country> Countries { get; } = new()
    {
        {
            new("DE", "Europe/Berlin", 0, "91.10")
            {
                Languages = new() { { "de-DE", 0.86 }, { "en-US", 0.09 }, { "tr-TR", 0.05 } },
                Cities = new() { { ("DE-BE", "Berlin"), 0.3 }, { ("DE-HH", "Hamburg"), 0.2 }, { ("DE-BY", "Munich"), 0.2 }, { ("DE-NW", "Cologne"), 0.18 }, { ("DE-SN", "Leipzig"), 0.12 } },
            }, 52
        },
        { new("AT", "Europe/Vienna", 0, "77.116") { Languages = new() { { "de-AT", 0.8 }, { "de-DE", 0.2 } }, Cities = new() { { ("AT-9", "Vienna"), 0.7 }, { ("AT-6", "Graz"), 0.3 } } }, 8 },
        { new("CH", "Europe/Zurich", 0, "85.0") { Languages = new() { { "de-CH", 0.7 }, { "fr-CH", 0.3 } }, Cities = new() { { ("CH-ZH", "Zurich"), 0.6 }, { ("CH-GE", "Geneva"), 0.4 } } }, 6 },
        { new("NL", "Europe/Amsterdam", 0, "77.160") { Languages = new() { { "nl-NL", 0.85 }, { "en-GB", 0.15 } }, Cities = new() { { ("NL-NH", "Amsterdam"), 1 } } }, 5 },
        { new("FR", "Europe/Paris", 0, "90.0") { Languages = new() { { "fr-FR", 1 } }, Cities = new() { { ("FR-IDF", "Paris"), 0.7 }, { ("FR-ARA", "Lyon"), 0.3 } } }, 5 },
        { new("GB", "Europe/London", -1, "86.128") { Languages = new() { { "en-GB", 1 } }, Cities = new() { { ("GB-LND", "London"), 0.7 }, { ("GB-MAN", "Manchester"), 0.3 } } }, 6 },
        { new("US", "America/New_York", -6, "73.0") { Languages = new() { { "en-US", 0.93 }, { "es-US", 0.07 } }, Cities = new() { { ("US-NY", "New York"), 0.5 }, { ("US-CA", "San Francisco"), 0.3 }, { ("US-WA", "Seattle"), 0.2 } } }, 8 },
        { new("IT", "Europe/Rome", 0, "79.0") { Languages = new() { { "it-IT", 1 } }, Cities = new() { { ("IT-25", "Milan"), 1 } } }, 3 },
        { new("ES", "Europe/Madrid", 0, "83.32") { Languages = new() { { "es-ES", 1 } }, Cities = new() { { ("ES-MD", "Madrid"), 1 } } }, 2.5 },
        { new("PL", "Europe/Warsaw", 0, "83.0") { Languages = new() { { "pl-PL", 1 } }, Cities = new() { { ("PL-14", "Warsaw"), 1 } } }, 2 },
        { new("DK", "Europe/Copenhagen", 0, "80.62") { Languages = new() { { "da-DK", 1 } }, Cities = new() { { ("DK-84", "Copenhagen"), 1 } } }, 1.5 },
        { new("JP", "Asia/Tokyo", 8, "126.0") { Languages = new() { { "ja-JP", 1 } }, Cities = new() { { ("JP-13", "Tokyo"), 1 } } }, 1 },
    };

    static readonly string[] Phones = ["390x844", "393x852", "430x932", "375x812"];
    static readonly string[] Androids = ["360x800", "412x915", "384x854"];
    static readonly string[] Desktops = ["1920x1080", "1536x864", "1440x900", "2560x1440", "1366x768"];
    static readonly string[] Macs = ["1440x900", "1512x982", "1728x1117"];

    public static Weighted<Device> Devices { get; } = new()
    {
        { new("Safari", "iOS", "mobile", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", Phones), 22 },
        { new("Safari", "iOS", "mobile", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1", Phones), 6 },
        { new("Instagram", "iOS", "mobile", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 390.0.0.28.84 (iPhone15,2; iOS 18_6; de_DE; de; scale=3.00; 1179x2556)", Phones), 2 },
        { new("Chrome", "Android", "mobile", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", Androids), 20 },
        { new("Samsung Internet", "Android", "mobile", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", Androids), 5 },
        { new("Firefox", "Android", "mobile", "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", Androids), 1.5 },
        { new("Safari", "iPadOS", "tablet", "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1", "820x1180", "810x1080"), 3 },
        { new("Chrome", "Android", "tablet", "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "800x1280"), 1 },
        { new("Chrome", "Windows", "desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", Desktops), 14 },
        { new("Edge", "Windows", "desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", Desktops), 6 },
        { new("Firefox", "Windows", "desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", Desktops), 5 },
        { new("Safari", "macOS", "desktop", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", Macs), 6 },
        { new("Chrome", "macOS", "desktop", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", Macs), 5 },
        { new("Firefox", "Linux", "desktop", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", Desktops), 2 },
        { new("Opera", "Windows", "desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0", Desktops), 1 },
    };

    public static Weighted<Device> Bots { get; } = new()
    {
        { new("Googlebot", "Linux", "bot", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/141.0.0.0 Safari/537.36", "1024x1024"), 4 },
        { new("bingbot", "Windows", "bot", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/136.0.0.0 Safari/537.36", "1280x1024"), 2 },
        { new("GPTBot", "", "bot", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "1024x768"), 2 },
        { new("AhrefsBot", "", "bot", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "1024x768"), 1 },
        { new("HeadlessChrome", "Linux", "bot", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36", "800x600"), 2 },
    };

    public static Weighted<Ad> Ads { get; } = new()
    {
        { new("oat-milk-01", "oat-milk", 0.021), 4 },
        { new("oat-milk-02", "oat-milk", 0.014), 3 },
        { new("mug-spring", "mugs", 0.034), 2 },
        { new("barista-course", "courses", 0.05), 2 },
        { new("kettle-pro", "kettles", 0.027), 1.5 },
    };
}
