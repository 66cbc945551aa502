using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SaaS.Analytics.Pipeline.Replay;

namespace SaaS.Analytics.Hosting;

public static class ReplaySetup
{
    /// <summary><see cref="FailedEvents"/> and <see cref="FailedChunks"/>. May be called by every host of a process.</summary>
    public static IHostApplicationBuilder AddReplay(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<FailedEvents>();
        builder.Services.TryAddSingleton<FailedChunks>();
        return builder;
    }
}
