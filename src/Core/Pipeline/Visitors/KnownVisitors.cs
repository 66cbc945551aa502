using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visitors;

/// <summary>Visitors of a partition that were seen lately, by each of their ids.</summary>
/// <param name="capacity">Most ids kept; never fewer than a chunk can need at once.</param>
sealed class KnownVisitors(int capacity)
{
    const int MinCapacity = 40_000;

    /// <summary>Bound on pointers to pointers, should the store hold a circle.</summary>
    const int MaxHops = 4;

    readonly RecentCache<VisitorKey, KnownVisitor> known = new(Math.Max(capacity, MinCapacity));

    /// <summary>Ids among an event's that must be looked up before it can be said who it is from.</summary>
    public void AddUnknown(in Identity ids, HashSet<VisitorKey> unknown)
    {
        var before = unknown.Count;
        AddUnknown(ids.SiteId, ids.User, unknown);
        AddUnknown(ids.SiteId, ids.Consented, unknown);
        if (unknown.Count == before && Find(ids.SiteId, ids.User) is null && Find(ids.SiteId, ids.Consented) is null)
            AddUnknown(ids.SiteId, ids.Cookieless, unknown);
    }

    public void Learn(VisitorRow row) => Learn(KnownVisitor.Of(row));

    public void Learn(KnownVisitor visitor) => known.Set(new VisitorKey(visitor.SiteId, visitor.Id), visitor);

    /// <summary>What was known is wrong; open visits keep the visitor they have.</summary>
    public void Correct(VisitorRow row)
    {
        if (known.TryGet(new VisitorKey(row.SiteId, row.VisitorId), out var visitor))
            visitor.Become(KnownVisitor.Of(row));
    }

    /// <summary>What is known under an id itself, also where it only points to another.</summary>
    public KnownVisitor Of(int siteId, ulong id) =>
        known.TryGet(new VisitorKey(siteId, id), out var visitor) ? visitor : new KnownVisitor(siteId, id);

    /// <summary>The store does not know it: it will be new.</summary>
    public void LearnAbsent(VisitorKey key)
    {
        if (!known.TryGet(key, out _))
            known.Set(key, new KnownVisitor(key.SiteId, key.VisitorId));
    }

    /// <summary>
    /// Who starts a visit with these ids: the first known of the durable ids; else who was here cookieless today and had no
    /// durable id yet; else the strongest id itself.
    /// </summary>
    public KnownVisitor Resolve(in Identity ids, string userId)
    {
        if (Durable(ids.SiteId, ids.User, ids.Consented, userId) is { } known)
            return known;
        if (Find(ids.SiteId, ids.Cookieless) is { Aliases: [], UserId: "", Mode: VisitorMode.Cookieless } today)
            return today;
        return Get(ids.SiteId, ids.Strongest);
    }

    /// <summary>Who the durable ids stand for; null where they are new. A device of another user says nothing.</summary>
    public KnownVisitor? Durable(int siteId, ulong user, ulong consented, string userId)
    {
        if (Find(siteId, user) is { } known)
            return known;
        return Find(siteId, consented) is { } device && (user == 0 || device.UserId.Length == 0 || device.UserId == userId) ? device : null;
    }

    /// <summary>Makes an id that is not known yet stand for a visitor.</summary>
    /// <returns>The pointer to store; null where there is nothing to do.</returns>
    public KnownVisitor? Link(ulong id, KnownVisitor visitor)
    {
        if (id == 0 || id == visitor.Id || Find(visitor.SiteId, id) is not null)
            return null;
        var pointer = new KnownVisitor(visitor.SiteId, id) { SameAs = visitor.Id, FirstSeen = visitor.FirstSeen, Mode = VisitorMode.Consented };
        known.Set(new VisitorKey(visitor.SiteId, id), pointer);
        visitor.AddAlias(id);
        return pointer;
    }

    /// <summary>An id does not stand for a visitor any more; the next event that comes with it decides.</summary>
    public void Unlink(ulong id, KnownVisitor visitor)
    {
        if (Of(visitor.SiteId, id) is { } pointer && pointer.SameAs == visitor.Id)
            pointer.Become(new KnownVisitor(visitor.SiteId, id));
        visitor.Aliases = [.. visitor.Aliases.Where(a => a != id)];
    }

    /// <summary>Somebody an event may be from was seen at its time or later: what is known of them may not have been known then.</summary>
    public bool WasSeenSince(in Identity ids, DateTime at)
    {
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented, ids.Cookieless])
            if (Find(ids.SiteId, id) is { } visitor && visitor.LastVisitEnd >= at)
                return true;
        return false;
    }

    /// <summary>The visitor of an id, known or not.</summary>
    public KnownVisitor Get(int siteId, ulong id)
    {
        var key = new VisitorKey(siteId, id);
        if (!known.TryGet(key, out var visitor))
            known.Set(key, visitor = new KnownVisitor(siteId, id));
        return visitor.SameAs != 0 && known.TryGet(new VisitorKey(siteId, visitor.SameAs), out var same) ? same : visitor;
    }

    /// <summary>The same for one id; 0 is none.</summary>
    public void AddUnknown(int siteId, ulong id, HashSet<VisitorKey> unknown)
    {
        var key = new VisitorKey(siteId, id);
        for (var hops = 0; hops < MaxHops && key.VisitorId != 0 && known.TryGet(key, out var visitor); hops++)
            key = new VisitorKey(siteId, visitor.SameAs);
        if (key.VisitorId != 0 && !known.TryGet(key, out _))
            unknown.Add(key);
    }

    /// <summary>Null where the id never had a visit.</summary>
    KnownVisitor? Find(int siteId, ulong id)
    {
        KnownVisitor? visitor = null;
        for (var hops = 0; id != 0 && hops < MaxHops && known.TryGet(new VisitorKey(siteId, id), out visitor); hops++)
            id = visitor.SameAs;
        return id == 0 && visitor is { VisitCount: > 0 } ? visitor : null;
    }
}
