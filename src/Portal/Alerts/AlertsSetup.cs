namespace SaaS.Analytics.Portal.Alerts;

static class AlertsSetup
{
    public static void AddAlertPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SiteRuleBook>();
        builder.Services.AddScoped<Receivers>();
        builder.Services.AddScoped<ReceiverLinks>();
        builder.Services.AddScoped<AlertInbox>();
        builder.Services.AddScoped<AlertResends>();
        builder.Services.AddScoped<TestAlerts>();
        builder.Services.AddSingleton<SaaS.Analytics.Alerts.AlertMessages>();
        builder.Services.AddOptions<SaaS.Analytics.Alerts.PortalAddress>().BindConfiguration(SaaS.Analytics.Alerts.PortalAddress.Section);
    }
}
