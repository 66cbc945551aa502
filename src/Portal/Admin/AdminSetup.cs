namespace SaaS.Analytics.Portal.Admin;

static class AdminSetup
{
    public static void AddAdmin(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<OperatorGate>().AddSingleton<PipelineHealth>().AddSingleton<RollupHealth>().AddSingleton<VisitRebuilds>();
}
