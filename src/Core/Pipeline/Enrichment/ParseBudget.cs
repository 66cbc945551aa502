namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// How many user agents that were never seen before one site may bring: reading one costs as much as all else that is done
/// to a hundred events, and who sends ever new ones must not hold up the others. By time of receipt. Not thread-safe.
/// </summary>
sealed class ParseBudget
{
    const double PerSecond = 10;

    /// <summary>Saved up at most: the agents a site's visitors really have are all read in the first minutes.</summary>
    const double Most = 500;

    readonly Dictionary<int, (double Left, DateTime At)> sites = [];

    public bool Allows(int siteId, DateTime receivedAt)
    {
        var (left, at) = sites.GetValueOrDefault(siteId, (Most, receivedAt));
        if (receivedAt > at)
            (left, at) = (Math.Min(Most, left + (receivedAt - at).TotalSeconds * PerSecond), receivedAt);
        sites[siteId] = (left >= 1 ? left - 1 : left, at);
        return left >= 1;
    }
}
