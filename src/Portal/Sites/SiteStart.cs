using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>Where a site opens: at its overview, or at the snippet while nothing has been seen of it.</summary>
static class SiteStart
{
    public static string Url(AuthorizedSite site) => site.FirstEventAt is null ? $"/sites/{site.Domain}/snippet" : $"/sites/{site.Domain}";
}
