using SaaS.Analytics.Hosting;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Rollups;

static class RollupsSetup
{
    public static IHostApplicationBuilder AddRollups(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<RollupBudget>(RollupBudget.Section);
        builder.Services.AddSingleton<DirtyMarks>().AddSingleton<Marks>();
        builder.Services.AddSingleton<RollupStore>().AddSingleton<MonthStore>();
        builder.Services.AddSingleton<RollupJob>().AddSingleton<RollupAudit>().AddSingleton<MonthJob>();
        return builder;
    }
}
