using System.Data.Common;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The numbers on the cards; a store that is away takes the numbers, not the page.</summary>
public sealed class SiteNumbers(SiteOverviews overviews, ILogger<SiteNumbers> log)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>By site id; null where the event store does not answer.</returns>
    public async Task<IReadOnlyDictionary<int, SiteOverview>?> OfAsync(IReadOnlyList<AuthorizedSite> sites, CancellationToken cancel)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(Patience);
        try
        {
            return await overviews.OfAsync(sites, timer.Token);
        }
        catch (Exception e) when (IsStoreAway(e) && !cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "The event store did not answer for the cards of {Sites} sites", sites.Count);
            return null;
        }
    }

    static bool IsStoreAway(Exception e) =>
        e is HttpRequestException or DbException or IOException or OperationCanceledException or TimeoutException;
}
