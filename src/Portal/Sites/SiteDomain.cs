using System.Globalization;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>A site's domain out of whatever people paste: an address, with www, in capitals, in their own script.</summary>
public static partial class SiteDomain
{
    public const string Advice = "Enter the domain of the site, like example.com.";
    const int MaxLength = 253;

    /// <returns>Lower-case ASCII host name without <c>www.</c>; null where there is none in the text.</returns>
    public static string? Of(string? text)
    {
        var host = Host((text ?? "").Trim());
        try
        {
            host = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
        if (host.StartsWith("www.", StringComparison.Ordinal) && host.IndexOf('.', 4) > 0) host = host[4..];
        return IsHost(host) ? host : null;
    }

    /// <summary>The domain in its own script, for people.</summary>
    public static string Readable(string domain) => new IdnMapping().GetUnicode(domain);

    static string Host(string text)
    {
        text = Scheme().Replace(text, "");
        text = text.Split('/', '?', '#', '\\')[0];
        text = text[(text.LastIndexOf('@') + 1)..];
        return Port().Replace(text, "").TrimEnd('.');
    }

    static bool IsHost(string host) => host.Length is > 0 and <= MaxLength
        && (host == "localhost" || (host.Contains('.') && Name().IsMatch(host)))
        && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;

    [GeneratedRegex("^([a-z][a-z0-9+.-]*:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(":[0-9]*$")]
    private static partial Regex Port();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$")]
    private static partial Regex Name();
}
