namespace SaaS.Analytics.Portal.Layout;

/// <summary>How every cookie of the portal is set: with <c>__Host-</c> and Secure where the portal is reached by https.</summary>
static class SafeCookie
{
    public static void Apply(CookieBuilder cookie, string name, PortalSettings settings)
    {
        cookie.Name = settings.IsHttps ? "__Host-analytics-" + name : "analytics-" + name;
        cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.HttpOnly = true;
        cookie.Path = "/";
    }
}
