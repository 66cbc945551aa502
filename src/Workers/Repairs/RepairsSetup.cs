namespace SaaS.Analytics.Workers.Repairs;

static class RepairsSetup
{
    public static IHostApplicationBuilder AddVisitRepairs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RepairQueue>().AddSingleton<PeopleReader>().AddSingleton<RepairStore>()
            .AddSingleton<RepairRun>().AddSingleton<RebuildRun>().AddSingleton<PendingCopies>();
        builder.Services.AddSingleton<LateAgents>().AddHostedService<LateAgentsLoop>();
        builder.Services.AddHostedService<RepairLoop>();
        return builder;
    }
}
