using System.Globalization;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Dimensions and their values in people's words.</summary>
static class DimensionNames
{
    static readonly Dictionary<string, string> Names = new()
    {
        ["event:page"] = "Page",
        ["event:goal"] = "Goal",
        ["event:title"] = "Title",
        ["event:hostname"] = "Host",
        ["event:name"] = "Event",
        ["visit:entry_page"] = "Entry page",
        ["visit:exit_page"] = "Exit page",
        ["visit:channel"] = "Channel",
        ["visit:source"] = "Source",
        ["visit:referrer"] = "Referrer",
        ["visit:utm_campaign"] = "Campaign",
        ["visit:utm_source"] = "UTM source",
        ["visit:utm_medium"] = "UTM medium",
        ["visit:utm_term"] = "UTM term",
        ["visit:utm_content"] = "UTM content",
        ["visit:source_category"] = "Kind of source",
        ["visit:click_id"] = "Click id",
        ["visit:country"] = "Country",
        ["visit:region"] = "Region",
        ["visit:city"] = "City",
        ["visit:device"] = "Device",
        ["visit:device_brand"] = "Brand",
        ["visit:device_model"] = "Model",
        ["visit:screen_class"] = "Screen class",
        ["visit:browser"] = "Browser",
        ["visit:browser_version"] = "Browser version",
        ["visit:os"] = "Operating system",
        ["visit:os_version"] = "System version",
        ["visit:screen"] = "Screen",
        ["visit:language"] = "Language",
        ["visitor:type"] = "New or returning",
        ["event:ad"] = "Ad",
        ["event:ad_campaign"] = "Ad campaign",
    };

    /// <summary>What the filter box offers.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All => Names;

    public static string Of(string key) => Names.GetValueOrDefault(key) ?? Capital(key.Split(':')[^1].Replace('_', ' '));

    public static string Value(string key, string value) => key switch
    {
        "visit:country" => Country(value),
        "visit:device" or "visitor:type" or "visit:source_category" or "visit:screen_class" => Capital(value),
        "visit:language" => Language(value),
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

    static string Language(string code)
    {
        if (code.Length < 2 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return code;
        try
        {
            var name = CultureInfo.GetCultureInfo(code, predefinedOnly: true).EnglishName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) ? code : name;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    static string Capital(string text) => text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
