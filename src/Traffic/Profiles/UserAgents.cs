namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>User agent strings for a browser on a system; pairs that never existed get what such a browser would send.</summary>
static class UserAgents
{
    public static string Of(string browser, string os) => browser switch
    {
        "Firefox" => $"Mozilla/5.0 ({Platform(os)}; rv:143.0) Gecko/20100101 Firefox/143.0",
        "Safari" => $"Mozilla/5.0 ({Platform(os)}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6{Mobile(os)} Safari/605.1.15",
        "Opera" => $"{Chrome(os)} OPR/123.0.0.0",
        "InternetExplorer" => $"Mozilla/5.0 ({Platform(os)}; Trident/7.0; rv:11.0) like Gecko",
        _ => Chrome(os),
    };

    static string Chrome(string os) =>
        $"Mozilla/5.0 ({Platform(os)}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0{(os == "Android" ? " Mobile" : "")} Safari/537.36";

    static string Mobile(string os) => os == "iOS" ? " Mobile/15E148" : "";

    static string Platform(string os) => os switch
    {
        "Windows" => "Windows NT 10.0; Win64; x64",
        "MacOS" => "Macintosh; Intel Mac OS X 10_15_7",
        "Android" => "Linux; Android 10; K",
        "iOS" => "iPhone; CPU iPhone OS 18_6 like Mac OS X",
        _ => "X11; Linux x86_64",
    };
}
