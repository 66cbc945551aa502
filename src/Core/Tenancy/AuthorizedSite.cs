namespace SaaS.Analytics.Tenancy;

/// <summary>
/// A site that somebody has proved to be allowed to read. Only made here, from the member or the key that asks (and for upkeep): what takes
/// an AuthorizedSite cannot be run for anybody else's site.
/// </summary>
public sealed class AuthorizedSite
{
    readonly Site site;

    AuthorizedSite(Site site) => this.site = site;

    public int Id => site.Id;
    public Guid TenantId => site.TenantId;
    public string TrackingId => site.TrackingId;
    public string Domain => site.Domain;
    public string Name => site.Name;
    public string TimeZone => site.TimeZone;
    public int BounceSeconds => site.BounceSeconds;
    public bool ConsentedByDefault => site.ConsentedByDefault;
    public DateTime CreatedAt => site.CreatedAt;
    public DateTime? FirstEventAt => site.FirstEventAt;

    /// <returns>Null when the site is another tenant's.</returns>
    public static AuthorizedSite? For(Member member, Site site) => member.TenantId == site.TenantId ? new(site) : null;

    /// <returns>Null when the mail is about another site.</returns>
    public static AuthorizedSite? For(ReportMail mail, Site site) => mail.TenantId == site.TenantId && mail.SiteId == site.Id ? new(site) : null;

    /// <param name="owned">What is to be worked out for its owner, such as an alert rule.</param>
    /// <param name="siteId">The site it is about.</param>
    /// <param name="site">The same, as it is stored.</param>
    /// <returns>Null when it is about another site.</returns>
    public static AuthorizedSite? For(ITenantOwned owned, int siteId, Site site) => owned.TenantId == site.TenantId && siteId == site.Id ? new(site) : null;

    /// <returns>Null when the site is another tenant's, the key is revoked or lacks <paramref name="scope"/>.</returns>
    public static AuthorizedSite? For(ApiKey key, string scope, Site site) =>
        key.TenantId == site.TenantId && key.RevokedAt is null && key.Scopes.Contains(scope) ? new(site) : null;

    /// <summary>For making rollups, which nobody asks for and only the authorised read. Nothing else may use it.</summary>
    public static AuthorizedSite ForRollups(Site site) => new(site);
}
