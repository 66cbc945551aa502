using System.Diagnostics.CodeAnalysis;

namespace SaaS.Analytics.Pipeline;

/// <summary>
/// Bounded cache that forgets what was not used lately: two generations, the older one dropped when the younger is full.
/// Not thread-safe.
/// </summary>
/// <param name="capacity">Most entries kept; at least half as many of the latest used are always there.</param>
sealed class RecentCache<TKey, TValue>(int capacity) where TKey : notnull
{
    Dictionary<TKey, TValue> young = [];
    Dictionary<TKey, TValue> old = [];

    int Half => Math.Max(1, capacity / 2);

    public int Count => young.Count + old.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (young.TryGetValue(key, out value))
            return true;
        if (!old.Remove(key, out value))
            return false;
        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (young.Count >= Half)
            (old, young) = (young, []);
        // Else its last doubling would take half as much memory again as it can ever use.
        if (young.Count == Half / 2)
            young.EnsureCapacity(Half);
        young[key] = value;
        old.Remove(key);
    }
}
