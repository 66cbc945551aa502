using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Pipeline;

public static class PipelineSetup
{
    /// <summary>Registers the <see cref="ChunkProcessor"/>, one for the process.</summary>
    public static void AddPipeline(this IHostApplicationBuilder builder) =>
        builder.Services.TryAddSingleton(_ => ChunkProcessor.Create());
}
