namespace SaaS.Analytics.Workers.Repairs;

static class RepairsSetup
{
    public static IHostApplicationBuilder AddVisitRepairs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RepairQueue>().AddSingleton<PeopleReader>().AddSingleton<RepairRun>().AddSingleton<VisitRebuild>();
        builder.Services.AddHostedService<RepairLoop>();
        return builder;
    }
}
