using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Ingestion;

/// <summary>The sites this collector takes events for, from memory; works without PostgreSQL.</summary>
sealed class SiteList
{
    volatile FrozenDictionary<string, SiteEntry> sites = FrozenDictionary<string, SiteEntry>.Empty;
    volatile FrozenDictionary<(Guid, string), WriteKey> keys = FrozenDictionary<(Guid, string), WriteKey>.Empty;

    /// <summary>A list was read at least once, from the database or from disk.</summary>
    public bool Loaded { get; private set; }

    public SiteEntry? Find(string? trackingId) => trackingId is null ? null : sites.GetValueOrDefault(trackingId);

    /// <returns>Null where <paramref name="key"/> may not write events for the site.</returns>
    public WriteKey? WriteKey(string key, SiteEntry site) =>
        keys.GetValueOrDefault((site.TenantId, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))));

    /// <returns>False where an empty list would have replaced a full one: a database that lost its rows stops nobody.</returns>
    public bool Replace(SiteListSnapshot snapshot)
    {
        if (snapshot.Sites.Count == 0 && sites.Count > 0) return false;
        sites = snapshot.Sites.ToFrozenDictionary(s => s.TrackingId);
        keys = snapshot.Keys.ToFrozenDictionary(k => (k.TenantId, k.Hash));
        return Loaded = true;
    }
}
