using System.Collections.Concurrent;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>What browsers said of their tags since the last write, summed up in memory.</summary>
sealed class TagReports
{
    /// <summary>More keys than this are not taken: a flood of made-up numbers must not fill memory.</summary>
    const int Most = 50_000;
    ConcurrentDictionary<(SiteEntry Site, int Tag), long[]> sums = new(SiteAndTag);

    public void Add(SiteEntry site, int tag, long fired, long failed, long blocked)
    {
        var now = sums;
        if (now.Count >= Most && !now.ContainsKey((site, tag))) return;
        var sum = now.GetOrAdd((site, tag), _ => new long[3]);
        Interlocked.Add(ref sum[0], fired);
        Interlocked.Add(ref sum[1], failed);
        Interlocked.Add(ref sum[2], blocked);
    }

    /// <summary>Takes all sums out.</summary>
    public IReadOnlyDictionary<(SiteEntry Site, int Tag), long[]> Take() => Interlocked.Exchange(ref sums, new(SiteAndTag));

    static EqualityComparer<(SiteEntry Site, int Tag)> SiteAndTag { get; } =
        EqualityComparer<(SiteEntry Site, int Tag)>.Create((a, b) => a.Site.Id == b.Site.Id && a.Tag == b.Tag, k => HashCode.Combine(k.Site.Id, k.Tag));
}
