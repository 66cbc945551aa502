using Microsoft.Extensions.Options;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Verification;

/// <summary>"Verify installation": loads a page of the site and says whether the snippet on it would work.</summary>
sealed class InstallCheck(PageFetch fetch, IOptions<PortalSettings> portal)
{
    /// <param name="site">Whose snippet is looked for.</param>
    /// <param name="text">Address of the page as typed; without a scheme https is tried, then http.</param>
    /// <param name="cancel">Stops the check.</param>
    public async Task<Verdict> RunAsync(AuthorizedSite site, string? text, CancellationToken cancel)
    {
        var typed = (text ?? "").Trim();
        var address = typed.Length == 0 ? site.Domain : typed;
        if (address.Contains("://", StringComparison.Ordinal)) return await TryAsync(site, address, cancel);
        var secure = await TryAsync(site, "https://" + address, cancel);
        return secure.Code is "refused" or "tls" ? await TryAsync(site, "http://" + address, cancel) : secure;
    }

    async Task<Verdict> TryAsync(AuthorizedSite site, string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return new Verdict("address", "This is no address of a page", $"Enter one like https://{site.Domain}/.");
        try
        {
            return Judge(site, await fetch.GetAsync(uri, cancel));
        }
        catch (Exception e) when (Unreachable.Explain(e, uri, cancel) is not null)
        {
            return Unreachable.Explain(e, uri, cancel)!;
        }
    }

    Verdict Judge(AuthorizedSite site, FetchedPage page)
    {
        if ((int)page.Status >= 400)
            return new Verdict("status", $"The page answers with {(int)page.Status}", $"{page.Address} did not send its content. If it asks robots to stay out, open it in your browser and watch for the first event instead.");
        var snippets = new FoundSnippets(page.Html, page.Address);
        var all = snippets.All;
        if (all.FirstOrDefault(s => s.TrackingId == site.TrackingId) is { } own) return Policies(own, snippets, page);
        if (all.Count > 0)
            return new Verdict("wrong_id", "The snippet of another site is there", $"The page loads {all[0].TrackingId}, this site has {site.TrackingId}. Replace the line by the one above.");
        return snippets.HasTagManager
            ? new Verdict("tag_manager", "No snippet in the page itself", "The page uses Google Tag Manager. What that adds cannot be seen without running it: publish the container, open the page and watch for the first event.")
            : new Verdict("no_snippet", "No snippet found", $"{page.Address} was loaded, the line is not in it. Paste it, publish, and empty caches in front of the site.");
    }

    Verdict Policies(FoundSnippet own, FoundSnippets snippets, FetchedPage page)
    {
        var collector = new Uri(portal.Value.CollectorUrl);
        var script = own.Src ?? new Uri(collector, $"/js/{own.TrackingId}.js");
        var policies = page.Policies.Concat(snippets.MetaPolicies).SelectMany(ContentPolicy.Read).ToList();
        if (!policies.TrueForAll(p => p.AllowsScript(script, page.Address, own.Nonce)))
            return Blocked("script-src", script);
        if (!policies.TrueForAll(p => p.AllowsConnection(new Uri(collector, "/v1/batch"), page.Address)))
            return Blocked("connect-src", collector);
        return new Verdict("found", "The snippet is installed", "Open the page in your browser: the first event arrives within seconds.");
    }

    static Verdict Blocked(string directive, Uri target) => new(
        "csp", $"The page's Content-Security-Policy blocks the snippet", $"Add {target.GetLeftPart(UriPartial.Authority)} to {directive} of the policy.");
}
