using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Pipeline;

public static class PipelineSetup
{
    /// <summary>Registers the <see cref="ChunkProcessor"/>, one for the process, and reads its data files beside the start.</summary>
    public static void AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.AddData();
        builder.Services.TryAddSingleton(s => ChunkProcessor.Create(s.GetRequiredService<DataFolder>(), s.GetRequiredService<ILogger<EventPipeline>>()));
        builder.Services.AddHostedService<PipelineWarmUp>();
    }

    /// <summary>Registers the <see cref="DataFolder"/> and its settings.</summary>
    public static void AddData(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DataSettings>().BindConfiguration(DataSettings.Section);
        builder.Services.TryAddSingleton<DataFolder>();
    }

    sealed class PipelineWarmUp(ChunkProcessor processor) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(processor.Warm, stoppingToken);
    }
}
