using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SaaS.Analytics.Portal.Sites.Verification;

/// <param name="TrackingId">The id in the address.</param>
/// <param name="Src">Address of the script; null where it only stands in other code.</param>
/// <param name="Nonce">Nonce of the script element.</param>
sealed record FoundSnippet(string TrackingId, Uri? Src, string? Nonce);

/// <summary>What of the product a page's HTML holds, without running it.</summary>
sealed partial class FoundSnippets
{
    readonly IHtmlDocument document;
    readonly Uri page;

    public FoundSnippets(string html, Uri page)
    {
        document = new HtmlParser().ParseDocument(html);
        this.page = page;
    }

    public IReadOnlyList<FoundSnippet> All => [.. Elements(), .. Mentions()];

    public bool HasTagManager => document.QuerySelectorAll("script, iframe")
        .Any(e => (e.GetAttribute("src") + e.TextContent).Contains("googletagmanager.com", StringComparison.OrdinalIgnoreCase));

    public IEnumerable<string> MetaPolicies => document.QuerySelectorAll("meta[http-equiv]")
        .Where(m => string.Equals(m.GetAttribute("http-equiv"), "Content-Security-Policy", StringComparison.OrdinalIgnoreCase))
        .Select(m => m.GetAttribute("content") ?? "");

    IEnumerable<FoundSnippet> Elements() =>
        from element in document.QuerySelectorAll("script[src], link[href]")
        let address = element.GetAttribute("src") ?? element.GetAttribute("href")
        let match = Address().Match(address)
        where match.Success && Uri.TryCreate(page, address, out _)
        select new FoundSnippet(match.Groups[1].Value, new Uri(page, address), Nonce(element));

    /// <summary>Frameworks and loaders keep the address in a script and add the element later.</summary>
    IEnumerable<FoundSnippet> Mentions() =>
        from script in document.QuerySelectorAll("script:not([src])")
        from Match match in Address().Matches(script.TextContent)
        select new FoundSnippet(match.Groups[1].Value, null, Nonce(script));

    static string? Nonce(IElement element) => element.GetAttribute("nonce");

    [GeneratedRegex("/js/(st_[0-9A-Za-z]{16})\\.js")]
    private static partial Regex Address();
}
