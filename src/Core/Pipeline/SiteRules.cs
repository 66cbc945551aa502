using SaaS.Analytics.Alerts;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Pipeline;

/// <summary>What the pipeline needs to know of a site.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="VisitTimeout">Gap that ends a visit.</param>
/// <param name="Hosts">Own hosts, lower case without <c>www.</c>; their subdomains are own hosts too.</param>
public sealed record SiteRules(int SiteId, TimeSpan VisitTimeout, IReadOnlyList<string> Hosts)
{
    /// <summary>The site's own channel rules; null: the default ones.</summary>
    public ChannelRules? Channels { get; init; }

    /// <summary>Where its days begin and end.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What looks like a program is not stored.</summary>
    public bool DropsBots { get; init; }

    /// <summary>The site's alert rules about visits; null: it has none.</summary>
    public SiteAlerts? Alerts { get; init; }

    public static SiteRules Of(Site site) =>
        new(site.Id, TimeSpan.FromMinutes(site.VisitTimeoutMinutes), [site.Domain, .. site.OtherHosts])
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone),
            DropsBots = site.DropBots,
        };

    /// <param name="host">Lower case.</param>
    public bool IsOwnHost(string host)
    {
        foreach (var own in Hosts)
            if (host.EndsWith(own, StringComparison.OrdinalIgnoreCase)
                && (host.Length == own.Length || host[host.Length - own.Length - 1] == '.'))
                return true;
        return false;
    }
}
