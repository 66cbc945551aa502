namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>What a user agent tells of the device.</summary>
/// <param name="Type">See <see cref="DeviceTypes"/>.</param>
/// <param name="Brand">Who made it; empty when unknown.</param>
/// <param name="Model">As its maker calls it; empty when unknown.</param>
sealed record DeviceFacts(string Type, string Brand, string Model)
{
    public static readonly DeviceFacts None = new("", "", "");

    /// <summary>What <c>uap-core</c> calls devices without a maker, and programs.</summary>
    static readonly string[] NoBrands = ["Generic", "Generic_Android", "Generic_Android_Tablet", "Generic_Inettv", "Spider", "Other"];

    /// <summary>
    /// Most expressions for devices begin at a semicolon and look on from there: a text made of nothing else would cost a
    /// fifth of a second. No device's has as many.
    /// </summary>
    const int MostSemicolons = 24;

    /// <param name="userAgent">As sent.</param>
    /// <param name="os">Family of the operating system; empty when unknown.</param>
    /// <param name="parser">Is asked only where the answer is not known before: its list of devices is the longest.</param>
    public static DeviceFacts Of(string userAgent, string os, UserAgentParser parser)
    {
        var type = DeviceTypes.Of(userAgent, os);
        if (type == "desktop")
            return os is "Mac OS X" or "Mac OS" ? new(type, "Apple", "Mac") : new(type, "", "");
        if (userAgent.AsSpan().Count(';') > MostSemicolons)
            return new(type, "", "");
        var device = parser.Device(userAgent);
        var (brand, model) = (device[1] ?? "", device[2] ?? "");
        return NoBrands.Contains(brand) ? new(type, "", "") : new(type, brand, model);
    }

    /// <summary>A user agent of a phone of that model.</summary>
    public static string UserAgentOf(string model) =>
        $"Mozilla/5.0 (Linux; Android 10; {model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";
}
