namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

static class OverviewSetup
{
    public static void AddOverview(this WebApplicationBuilder builder) => builder.Services.AddScoped<OverviewReports>();
}
