namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

static class ReportsSetup
{
    public static void AddReportPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReportParts>();
        builder.Services.AddScoped<GoalParts>();
        builder.Services.AddScoped<CampaignParts>();
        builder.Services.AddSingleton<WorldMap>();
        builder.Services.Configure<RouteOptions>(o => o.ConstraintMap.Add("report", typeof(ReportRoute)));
    }
}
