using System.Security.Cryptography;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <param name="Address">Of the page, with the token behind #.</param>
/// <param name="Session">Names what the page says of itself to the portal.</param>
public sealed record PreviewLink(string Address, string Session);

/// <summary>Links that open a page with the draft, or a version, and the panel that shows what it does.</summary>
public sealed class PreviewLinks(TagDrafts drafts, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    /// <param name="site">Whose tags.</param>
    /// <param name="page">Address of the page; what is behind # is replaced.</param>
    /// <param name="version">0: the draft.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PreviewLink> MakeAsync(AuthorizedSite site, Uri page, int version, CancellationToken cancel)
    {
        await drafts.EnsureAsync(site, cancel);
        var container = await drafts.ContainerAsync(site, cancel);
        var session = RandomNumberGenerator.GetHexString(12, lowercase: true);
        var token = new PreviewToken(version, time.GetUtcNow() + Lifetime, session).Sign(container.PreviewKey, site.TrackingId);
        return new PreviewLink($"{page.GetLeftPart(UriPartial.Query)}#tag_preview={token}", session);
    }
}
