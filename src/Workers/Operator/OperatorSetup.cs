using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Workers.Operator;

static class OperatorSetup
{
    public static IHostApplicationBuilder AddOperatorAlerts(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<OperatorSettings>(OperatorSettings.Section);
        builder.Services.AddSingleton<OperatorAlerts>().AddSingleton<LedgerAudit>().AddSingleton<KeptFailures>();
        return builder;
    }
}
