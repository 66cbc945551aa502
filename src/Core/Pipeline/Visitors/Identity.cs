using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visitors;

/// <summary>The ids one event carries, strongest first; 0 where it has none.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="User">The tenant's own user id.</param>
/// <param name="Consented">First-party id of the device.</param>
/// <param name="Cookieless">Hash of the event's day; weak: people behind one address may share it.</param>
/// <param name="CookielessOther">That of the day before, or of the day of receipt where the event is from the day before it: only to continue a visit.</param>
/// <param name="Hint">Of a stored event: the hash of another day that came with it, as long as that is known.</param>
readonly record struct Identity(int SiteId, ulong User, ulong Consented, ulong Cookieless, ulong CookielessOther, ulong Hint = 0)
{
    public static Identity Of(in ChunkEvent source)
    {
        var e = source.Event;
        var isYesterdays = e.CookielessIdYesterday != 0 && e.Timestamp.Date.AddDays(1) == source.ReceivedAt.Date;
        var (own, other) = isYesterdays ? (e.CookielessIdYesterday, e.CookielessId) : (e.CookielessId, e.CookielessIdYesterday);
        return new(source.SiteId, e.UserIdHash, e.ConsentedId, own, other);
    }

    /// <summary>Of a stored event: who it was taken for stands for the hash of another day, which is not kept.</summary>
    public static Identity Of(EventRow r) => new(r.SiteId, r.UserHash, r.DeviceId, r.CookielessId, r.VisitorId);

    /// <summary>Each that there is.</summary>
    public IEnumerable<ulong> All() => ((ulong[])[User, Consented, Cookieless, CookielessOther]).Where(id => id != 0);

    public ulong Strongest => User != 0 ? User : Consented != 0 ? Consented : Cookieless;

    public bool IsEmpty => Strongest == 0;

    public bool IsDurable => (User | Consented) != 0;
}
