using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>The tag manager's part of a site's script.</summary>
sealed class TagScripts(PublishedTags published, VersionReader reader, TimeProvider time)
{
    /// <returns>Empty where the site has no tags; null where they cannot be had, and what is delivered must not be cached.</returns>
    public async ValueTask<byte[]?> PublishedAsync(SiteEntry site, string environment, CancellationToken cancel)
    {
        if (site.Tags is not { } tags) return [];
        if (tags.Find(environment) is not { } release) return TagScript.Waiting(Frame(site).ToJsonString());
        if (await published.FindAsync(site.Id, release.Version, cancel) is not { } content) return null;
        var compiled = ContainerCompiler.Compile(content, Place(site, release.Version, release.Environment));
        return TagScript.Render(compiled.Container.ToJsonString(), compiled.Pieces, compiled.Code);
    }

    /// <returns>Null where the token is not valid, or what it names is gone.</returns>
    public async Task<byte[]?> PreviewAsync(SiteEntry site, string token, CancellationToken cancel)
    {
        if (await reader.ContainerAsync(site.Id, cancel) is not { } container
            || PreviewToken.Read(token, container.PreviewKey, site.TrackingId, time.GetUtcNow()) is not { } preview) return null;
        var content = preview.Version == 0
            ? await reader.DraftAsync(container, cancel)
            : await reader.VersionAsync(site.Id, preview.Version, cancel) is { } json ? ContainerContent.Read(json) : null;
        if (content is null) return null;
        var compiled = ContainerCompiler.Compile(content, Place(site, preview.Version, "preview"), withNames: true);
        compiled.Container["session"] = preview.Session;
        return TagScript.Preview(compiled.Container.ToJsonString(), compiled.Pieces, compiled.Code);
    }

    static JsonObject Frame(SiteEntry site) =>
        ContainerCompiler.Compile(new ContainerContent([], new ConsentDefaults()), Place(site, 0, "")).Container;

    static ContainerPlace Place(SiteEntry site, int version, string environment) =>
        new(site.TrackingId, version, environment, Math.Clamp(site.VisitTimeoutMinutes, 5, 240), [site.Domain, .. site.OtherHosts]);
}
