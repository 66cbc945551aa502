using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SaaS.Analytics.Ingestion.Geo;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>The tag manager's part of a site's script.</summary>
sealed class TagScripts(PublishedTags published, VersionReader reader, ClientAddress clients, GeoLookup geo, TimeProvider time)
{
    const int Most = 10_000;
    readonly ConcurrentDictionary<(int Site, string Environment), (TagRelease Release, ContainerContent Content)> delivered = new();

    /// <summary>What of a site's tags a request gets; <see cref="Render"/> makes it, once for all that get the same.</summary>
    public async ValueTask<ChosenTags> ChooseAsync(SiteEntry site, string environment, HttpContext context)
    {
        if (site.Tags?.Find(environment) is not { } release) return new ChosenTags(null, null);
        if (await published.FindAsync(site.Id, release.Version, context.RequestAborted) is { } content)
        {
            Keep((site.Id, environment), (release, content));
            return new ChosenTags(release, content) { Rule = Rule(content.Consent, context) };
        }
        return delivered.TryGetValue((site.Id, environment), out var last)
            ? new ChosenTags(last.Release, last.Content) { Rule = Rule(last.Content.Consent, context), IsOld = true }
            : new ChosenTags(release, null);
    }

    /// <summary>Visitors get it for as long as a later version cannot be read.</summary>
    void Keep((int, string) where, (TagRelease Release, ContainerContent Content) what)
    {
        if (delivered.TryGetValue(where, out var last) && ReferenceEquals(last.Content, what.Content)) return;
        if (delivered.Count >= Most) delivered.Clear();
        delivered[where] = what;
    }

    /// <returns>Empty where the site has no tags, or they cannot be had.</returns>
    public static byte[] Render(SiteEntry site, ChosenTags chosen)
    {
        if (site.Tags is null || chosen.Missing) return [];
        if (chosen is not { Release: { } release, Content: { } content }) return TagScript.Waiting(Frame(site).ToJsonString());
        var compiled = ContainerCompiler.Compile(Here(content, chosen.Rule), Place(site, release.Version, release.Environment));
        return TagScript.Render(compiled.Container.ToJsonString(), compiled.Pieces, compiled.Code);
    }

    /// <returns>Null where the token is not the site's, or has ended.</returns>
    public async Task<PreviewToken?> TokenAsync(SiteEntry site, string? token, CancellationToken cancel) =>
        await reader.ContainerAsync(site.Id, cancel) is { } container ? PreviewToken.Read(token, container.PreviewKey, site.TrackingId, time.GetUtcNow()) : null;

    /// <returns>Null where the token is not valid, or what it names is gone.</returns>
    public async Task<byte[]?> PreviewAsync(SiteEntry site, string token, HttpContext context)
    {
        var cancel = context.RequestAborted;
        if (await TokenAsync(site, token, cancel) is not { } preview) return null;
        var content = preview.Version == 0
            ? await reader.DraftAsync(site.Id, cancel)
            : await reader.VersionAsync(site.Id, preview.Version, cancel) is { } json ? ContainerContent.Read(json) : null;
        if (content is null) return null;
        var compiled = ContainerCompiler.Compile(Here(content, Rule(content.Consent, context)), Place(site, preview.Version, "preview"), withNames: true);
        compiled.Container["session"] = preview.Session;
        return TagScript.Preview(compiled.Container.ToJsonString(), compiled.Pieces, compiled.Code);
    }

    /// <summary>The address is looked at only where it decides something, and is gone with the request.</summary>
    RegionConsent? Rule(ConsentDefaults consent, HttpContext context)
    {
        if (!consent.IsRegional) return null;
        var place = geo.Of(clients.Of(context));
        return consent.For(place.Country, place.Region);
    }

    static ContainerContent Here(ContainerContent content, RegionConsent? rule) => content with { Consent = content.Consent.With(rule) };

    static JsonObject Frame(SiteEntry site) =>
        ContainerCompiler.Compile(new ContainerContent([], new ConsentDefaults()), Place(site, 0, "")).Container;

    static ContainerPlace Place(SiteEntry site, int version, string environment) =>
        new(site.TrackingId, version, environment, Math.Clamp(site.VisitTimeoutMinutes, 5, 240), [site.Domain, .. site.OtherHosts]);
}
