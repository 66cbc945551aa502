using SaaS.Analytics.Portal.Sites.Ads;
using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Portal.Sites.Mails;
using SaaS.Analytics.Portal.Sites.Saved;
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
        builder.Services.AddScoped<SiteGoals>();
        builder.Services.AddScoped<SiteMails>();
        builder.Services.AddScoped<SiteSegments>();
        builder.Services.AddScoped<Unsubscribing>();
        builder.Services.AddScoped<AdCosts>();
        builder.Services.AddScoped<SavedReports>();
        builder.Services.AddScoped<ChannelChanges>();
        builder.AddVerification();
    }
}
