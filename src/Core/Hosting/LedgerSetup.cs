using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Hosting;

public static class LedgerSetup
{
    /// <summary><see cref="Ledger"/> and what it reads. May be called by every host of a process.</summary>
    public static IHostApplicationBuilder AddLedger(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddClickHouse();
        builder.Services.TryAddSingleton<ChunksInFlight>();
        builder.Services.TryAddSingleton<Ledger>();
        return builder;
    }
}
