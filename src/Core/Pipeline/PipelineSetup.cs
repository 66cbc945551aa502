using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Pipeline;

public static class PipelineSetup
{
    /// <summary>Registers the <see cref="ChunkProcessor"/>, one for the process, and reads its data files beside the start.</summary>
    public static void AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(_ => ChunkProcessor.Create());
        builder.Services.AddHostedService<PipelineWarmUp>();
    }

    sealed class PipelineWarmUp(ChunkProcessor processor) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(processor.Warm, stoppingToken);
    }
}
