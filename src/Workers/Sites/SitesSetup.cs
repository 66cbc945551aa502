namespace SaaS.Analytics.Workers.Sites;

static class SitesSetup
{
    public static IHostApplicationBuilder AddSiteCatalog(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiteChannels>().AddSingleton<SiteAlertRules>().AddSingleton<SiteCatalog>().AddHostedService<SiteCatalogLoop>();
        builder.Services.AddSingleton<FirstEvents>().AddHostedService(s => s.GetRequiredService<FirstEvents>());
        return builder;
    }
}
