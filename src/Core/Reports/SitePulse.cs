using System.Collections.Concurrent;

namespace SaaS.Analytics.Reports;

/// <summary>What this host has last heard of each site: with every news an answer about today is another question.</summary>
public sealed class SitePulse
{
    const int MostSites = 100_000;

    readonly ConcurrentDictionary<int, string> last = [];

    /// <param name="siteId">The site.</param>
    /// <param name="news">The same in every host that hears it.</param>
    public void Heard(int siteId, string news)
    {
        if (last.Count > MostSites) last.Clear();
        last[siteId] = news;
    }

    /// <summary>Empty where nothing was heard yet.</summary>
    public string Of(int siteId) => last.GetValueOrDefault(siteId, "");
}
