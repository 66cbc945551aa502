namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>What a browser says of itself in <c>Sec-CH-UA</c> headers; empty where it says nothing.</summary>
/// <param name="Browser">Named as <c>uap-core</c> names it, without <c>Mobile</c>.</param>
/// <param name="BrowserVersion">Major and minor.</param>
/// <param name="Os">Named as <c>uap-core</c> names it.</param>
/// <param name="OsVersion">Major, and minor where it is not 0.</param>
/// <param name="IsMobile">Null where it does not say.</param>
/// <param name="Model">Of a phone or tablet.</param>
sealed record ClientHints(string Browser, string BrowserVersion, string Os, string OsVersion, bool? IsMobile, string Model)
{
    static readonly Dictionary<string, string> Browsers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Google Chrome"] = "Chrome", ["Microsoft Edge"] = "Edge", ["Opera"] = "Opera", ["Opera GX"] = "Opera", ["Brave"] = "Brave",
        ["Vivaldi"] = "Vivaldi", ["YaBrowser"] = "Yandex Browser", ["Yandex"] = "Yandex Browser", ["Samsung Internet"] = "Samsung Internet",
        ["Whale"] = "Whale", ["DuckDuckGo"] = "DuckDuckGo", ["Android WebView"] = "Chrome Mobile WebView",
    };

    static readonly Dictionary<string, string> Systems = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Windows"] = "Windows", ["macOS"] = "Mac OS X", ["Android"] = "Android", ["Chrome OS"] = "Chrome OS", ["Chromium OS"] = "Chrome OS",
        ["Linux"] = "Linux", ["iOS"] = "iOS",
    };

    /// <param name="text">One <c>name: value</c> a line.</param>
    public static ClientHints Parse(string text)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n'))
            if (line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0)
                headers[line[..colon]] = line[(colon + 2)..].Trim();
        string Of(string name) => headers.GetValueOrDefault(name, "");
        var (brand, version) = Brand(Of("Sec-CH-UA-Full-Version-List") is { Length: > 0 } full ? full : Of("Sec-CH-UA"));
        var os = Systems.GetValueOrDefault(Of("Sec-CH-UA-Platform").Trim('"'), "");
        return new ClientHints(
            brand, version, os, SystemVersion(os, Of("Sec-CH-UA-Platform-Version").Trim('"')),
            Of("Sec-CH-UA-Mobile") switch { "?1" => true, "?0" => false, _ => null }, Of("Sec-CH-UA-Model").Trim('"'));
    }

    /// <summary>The first brand that is known; what is made up against guessing (<c>Not;A=Brand</c>) never is.</summary>
    static (string Name, string Version) Brand(string list)
    {
        foreach (var entry in list.Split(", "))
            if (entry.Split('"') is [_, var brand, ";v=", var version, ..] && Browsers.TryGetValue(brand, out var name))
                return (name, Short(version.Contains('.') ? version : version + ".0", keepZero: true));
        return ("", "");
    }

    /// <summary>Windows counts in its own way: 13 and above are 11.</summary>
    static string SystemVersion(string os, string version)
    {
        if (os != "Windows" || version.Length == 0)
            return Short(version, keepZero: false);
        return int.TryParse(version.Split('.')[0], out var major) ? major switch { >= 13 => "11", > 0 => "10", _ => "" } : "";
    }

    static string Short(string version, bool keepZero) => version.Split('.') switch
    {
        [var major, var minor, ..] when minor != "0" || keepZero => $"{major}.{minor}",
        [var major, ..] => major,
        _ => "",
    };
}
