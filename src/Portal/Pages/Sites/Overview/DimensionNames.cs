using System.Globalization;

namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>Dimensions and their values in people's words.</summary>
static class DimensionNames
{
    static readonly Dictionary<string, string> Names = new()
    {
        ["event:page"] = "Page",
        ["event:hostname"] = "Host",
        ["event:name"] = "Event",
        ["visit:entry_page"] = "Entry page",
        ["visit:exit_page"] = "Exit page",
        ["visit:channel"] = "Channel",
        ["visit:source"] = "Source",
        ["visit:referrer"] = "Referrer",
        ["visit:utm_campaign"] = "Campaign",
        ["visit:country"] = "Country",
        ["visit:device"] = "Device",
        ["visit:browser"] = "Browser",
        ["visit:os"] = "Operating system",
        ["visit:language"] = "Language",
    };

    /// <summary>What the filter box offers.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All => Names;

    public static string Of(string key) => Names.GetValueOrDefault(key) ?? key.Split(':')[^1].Replace('_', ' ');

    public static string Value(string key, string value) => key switch
    {
        "visit:country" => Country(value),
        "visit:device" => Capital(value),
        _ => value,
    };

    static string Country(string code)
    {
        if (code == "A1") return "VPN or anonymiser";
        if (code.Length != 2 || !code.All(char.IsAsciiLetterUpper)) return code;
        try
        {
            return new RegionInfo(code).EnglishName is { Length: > 2 } name ? name : code;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    static string Capital(string text) => text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
