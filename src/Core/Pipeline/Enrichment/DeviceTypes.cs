using System.Text.RegularExpressions;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Ordered rules that name the type of a device; the first that matches wins.</summary>
static partial class DeviceTypes
{
    static readonly string[] DesktopSystems =
        ["Windows", "Mac OS X", "Mac OS", "Linux", "Ubuntu", "Chrome OS", "Debian", "Fedora", "FreeBSD", "OpenBSD", "NetBSD", "Solaris", "Arch Linux"];

    /// <param name="userAgent">As sent.</param>
    /// <param name="os">Family of the operating system; empty when unknown.</param>
    public static string Of(string userAgent, string os) =>
        Tv().IsMatch(userAgent) || os is "tvOS" or "ATV OS X" or "webOS" && !userAgent.Contains("Mobile") ? "tv"
        : Console().IsMatch(userAgent) ? "console"
        : Tablet().IsMatch(userAgent) ? "tablet"
        : Mobile().IsMatch(userAgent) ? "mobile"
        : os == "Android" ? "tablet"
        : DesktopSystems.Contains(os) ? "desktop"
        : "other";

    [GeneratedRegex(@"smart-?tv|google ?tv|android tv|apple ?tv|hbbtv|\btv\b|web0s|netcast|bravia|roku|crkey|\baft[a-z]{1,4}\b|viera|aquos", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tv();

    [GeneratedRegex(@"playstation|xbox|nintendo", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Console();

    [GeneratedRegex(@"ipad|tablet(?! pc)|playbook|kindle|\bkf[a-z]{2,4}\b|silk/(?!.*mobile)|\bsm-[tx]\d{3}|nexus (7|9|10)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tablet();

    [GeneratedRegex(@"mobi|iphone|ipod|windows phone|blackberry|bb10|opera mini|symbian|series60|kaios|webos/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();
}
