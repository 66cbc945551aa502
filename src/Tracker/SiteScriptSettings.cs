namespace SaaS.Analytics.Tracker;

/// <summary>
/// What one site's analytics.js needs to know. Everything in it is public: each visitor of the site can read it. Batches go
/// to <c>../v1/batch</c> seen from the script's own address, which also serves a proxied path.
/// </summary>
/// <param name="TrackingId">The site's tracking id, <c>st_</c> and 16 characters; names the site in every batch.</param>
public sealed record SiteScriptSettings(string TrackingId)
{
    /// <summary>Visitors are in mode A without being asked. Their own choice and Global Privacy Control win over it.</summary>
    public bool ConsentedByDefault { get; init; }

    /// <summary>Minutes without an event after which a visit ends, 5–240: a long read shows itself halfway through.</summary>
    public int VisitTimeoutMinutes { get; init; } = 30;

    /// <summary>Hosts that belong to the site beside the page's own, their subdomains included: links to them are not outbound.</summary>
    public IReadOnlyList<string> OwnHosts { get; init; } = [];

    /// <summary>Page views by themselves: load, navigation inside a single-page app, return through the browser's cache.</summary>
    public bool Pageviews { get; init; } = true;

    /// <summary>Engagement events: visible-and-focused milliseconds and scroll depth.</summary>
    public bool Engagement { get; init; } = true;

    /// <summary>Events <c>Outbound Link</c>.</summary>
    public bool OutboundLinks { get; init; } = true;

    /// <summary>Events <c>File Download</c>.</summary>
    public bool FileDownloads { get; init; } = true;

    /// <summary>Events <c>Form Submit</c>; what is typed into a form is never read.</summary>
    public bool FormSubmits { get; init; } = true;

    /// <summary>Events <c>404</c>, where the browser tells the script the page's status.</summary>
    public bool NotFound { get; init; }

    /// <summary>The part of the address behind # names a page. Otherwise it is never sent.</summary>
    public bool HashRouting { get; init; }
}
