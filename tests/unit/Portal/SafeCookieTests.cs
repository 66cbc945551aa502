using Microsoft.AspNetCore.Http;
using SaaS.Analytics.Portal;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Tests.Portal;

public sealed class SafeCookieTests
{
    [Fact]
    public void Behind_https_a_cookie_is_bound_to_the_host_and_never_sent_in_the_clear()
    {
        var cookie = new CookieBuilder();
        SafeCookie.Apply(cookie, "session", new PortalSettings { PublicUrl = "https://analytics.example" });
        Assert.Equal(("__Host-analytics-session", CookieSecurePolicy.Always, true), (cookie.Name, cookie.SecurePolicy, cookie.HttpOnly));
        Assert.Equal(("/", SameSiteMode.Lax, null), (cookie.Path, cookie.SameSite, cookie.Domain));
    }
}
