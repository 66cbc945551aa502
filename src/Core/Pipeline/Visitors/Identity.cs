using System.Buffers.Binary;
using System.IO.Hashing;
using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visitors;

/// <summary>The ids one event carries, strongest first; 0 where it has none.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="User">The tenant's own user id.</param>
/// <param name="Consented">First-party id of the device.</param>
/// <param name="Cookieless">Hash of the event's day; weak: people behind one address may share it.</param>
/// <param name="CookielessOther">That of the day before, or of the day of receipt where the event is from the day before it: only to continue a visit.</param>
readonly record struct Identity(int SiteId, ulong User, ulong Consented, ulong Cookieless, ulong CookielessOther)
{
    public static Identity Of(in ChunkEvent source)
    {
        var e = source.Event;
        var (own, other) = (source.ReceivedAt.Date - e.Timestamp.Date).Days switch
        {
            <= 0 => (e.CookielessId, e.CookielessIdYesterday),
            1 when e.CookielessIdYesterday != 0 => (e.CookielessIdYesterday, e.CookielessId),
            _ => (OfAnotherDay(e), 0UL),
        };
        return new(source.SiteId, e.UserIdHash, e.ConsentedId, own, other);
    }

    /// <summary>Of a stored event. The hash of another day, which is not kept, is what is known of it otherwise.</summary>
    public static Identity Of(EventRow r, ulong other) => new(r.SiteId, r.UserHash, r.DeviceId, r.CookielessId, other);

    /// <summary>Each that there is.</summary>
    public IEnumerable<ulong> All() => ((ulong[])[User, Consented, Cookieless, CookielessOther]).Where(id => id != 0);

    /// <summary>Says in a list of ids that two hashes came with one event, and nothing else; 0 where there are not two.</summary>
    public ulong Pair => PairOf(Cookieless, CookielessOther);

    public static ulong PairOf(ulong a, ulong b)
    {
        if (a == 0 || b == 0)
            return 0;
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(key, Math.Min(a, b));
        BinaryPrimitives.WriteUInt64LittleEndian(key[8..], Math.Max(a, b));
        return Math.Max(2, XxHash3.HashToUInt64(key, seed: 1));
    }

    public ulong Strongest => User != 0 ? User : Consented != 0 ? Consented : Cookieless;

    public bool IsEmpty => Strongest == 0;

    public bool IsDurable => (User | Consented) != 0;

    /// <summary>
    /// The salt of the event's day is gone: the hash of the day of receipt says nothing about who was here on another one. With no
    /// other id the event is of somebody of that day whom nothing else knows.
    /// </summary>
    static ulong OfAnotherDay(CollectedEvent e)
    {
        if (e.CookielessId == 0 || (e.UserIdHash | e.ConsentedId) != 0)
            return 0;
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(key, e.CookielessId);
        BinaryPrimitives.WriteInt64LittleEndian(key[8..], e.Timestamp.Date.Ticks);
        return Math.Max(2, XxHash3.HashToUInt64(key));
    }
}
