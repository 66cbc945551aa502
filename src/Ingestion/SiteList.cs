using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Ingestion;

/// <summary>The sites this collector takes events for, from memory; works without PostgreSQL.</summary>
sealed class SiteList
{
    volatile FrozenDictionary<string, SiteEntry> sites = FrozenDictionary<string, SiteEntry>.Empty;
    volatile FrozenSet<WriteKey> keys = FrozenSet<WriteKey>.Empty;

    /// <summary>A list was read at least once, from the database or from disk.</summary>
    public bool Loaded { get; private set; }

    public SiteEntry? Find(string? trackingId) => trackingId is null ? null : sites.GetValueOrDefault(trackingId);

    /// <summary>Whether <paramref name="key"/> may write events for the site.</summary>
    public bool MayWrite(string key, SiteEntry site) =>
        keys.Contains(new WriteKey(site.TenantId, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))));

    /// <returns>False where an empty list would have replaced a full one: a database that lost its rows stops nobody.</returns>
    public bool Replace(SiteListSnapshot snapshot)
    {
        if (snapshot.Sites.Count == 0 && sites.Count > 0) return false;
        sites = snapshot.Sites.ToFrozenDictionary(s => s.TrackingId);
        keys = snapshot.Keys.ToFrozenSet();
        return Loaded = true;
    }
}
