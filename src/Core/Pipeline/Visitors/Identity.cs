using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Visitors;

/// <summary>The ids one event carries, strongest first; 0 where it has none.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="User">The tenant's own user id.</param>
/// <param name="Consented">First-party id of the device.</param>
/// <param name="Cookieless">Hash of the day; weak: people behind one address may share it.</param>
/// <param name="CookielessYesterday">Only to continue an open visit.</param>
readonly record struct Identity(int SiteId, ulong User, ulong Consented, ulong Cookieless, ulong CookielessYesterday)
{
    public static Identity Of(int siteId, CollectedEvent e) =>
        new(siteId, e.UserIdHash, e.ConsentedId, e.CookielessId, e.CookielessIdYesterday);

    public ulong Strongest => User != 0 ? User : Consented != 0 ? Consented : Cookieless;

    public bool IsEmpty => Strongest == 0;

    public bool IsDurable => (User | Consented) != 0;
}
