using SaaS.Analytics.Portal.Sites.Verification;

namespace SaaS.Analytics.Portal.Sites;

static class SitesSetup
{
    public static void AddSites(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SiteAccess>();
        builder.Services.AddScoped<AddingSites>();
        builder.Services.AddScoped<SiteNumbers>();
        builder.Services.AddScoped<SiteChanges>();
        builder.Services.AddScoped<SiteShields>();
        builder.Services.AddScoped<ChannelChanges>();
        builder.AddVerification();
    }
}
