using Microsoft.Extensions.DependencyInjection.Extensions;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Admin;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Api;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Live;
using SaaS.Analytics.Portal.Outbox;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Portal.Tags;

namespace SaaS.Analytics.Portal;

/// <summary>The portal, as a host or beside the other two in one process.</summary>
public static class PortalSetup
{
    public static WebApplicationBuilder AddPortal(this WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddReports();
        builder.AddReplay();
        builder.AddSettings<PortalSettings>(PortalSettings.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddPages();
        builder.AddAccounts();
        builder.AddSites();
        builder.AddTags();
        builder.AddAlertPages();
        builder.AddOutbox();
        builder.AddAdmin();
        builder.AddReportPages();
        builder.AddApi();
        builder.AddLive();
        return builder;
    }

    public static WebApplication UsePortal(this WebApplication app)
    {
        app.UseFrame();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<TenantGate>();
        app.UseAuthorization();
        app.MapBuiltFiles();
        app.MapRazorPages();
        app.MapQueryApi();
        app.MapLedgerApi();
        app.MapMonthsApi();
        app.MapTagsApi();
        app.MapVersionsApi();
        app.MapAdCostApi();
        app.MapExportApi();
        app.MapLive();
        return app;
    }
}
