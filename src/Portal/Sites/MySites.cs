using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The tenant's sites, asked once a request: the page and the switcher both show them.</summary>
public sealed class MySites(AnalyticsDb db)
{
    Task<IReadOnlyList<AuthorizedSite>>? all;

    public Task<IReadOnlyList<AuthorizedSite>> AllAsync(CancellationToken cancel) => all ??= AuthorizedSite.AllAsync(db, cancel);
}
