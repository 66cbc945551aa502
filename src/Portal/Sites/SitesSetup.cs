namespace SaaS.Analytics.Portal.Sites;

static class SitesSetup
{
    public static void AddSites(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SiteAccess>();
        builder.Services.AddScoped<AddingSites>();
    }
}
