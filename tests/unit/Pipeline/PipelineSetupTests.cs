using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Tests.Pipeline;

public class PipelineSetupTests
{
    [Fact]
    public async Task A_host_has_one_processor_and_reads_the_data_files_by_itself()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddPipeline();
        builder.AddPipeline();
        using var host = builder.Build();
        await host.StartAsync();
        var warming = Assert.IsAssignableFrom<BackgroundService>(Assert.Single(host.Services.GetServices<IHostedService>()));
        await warming.ExecuteTask!;
        Assert.Single(host.Services.GetServices<ChunkProcessor>());
        await host.StopAsync();
    }

    [Fact]
    public void A_missing_data_file_says_what_to_do() =>
        Assert.Contains("npm ci", Assert.Throws<FileNotFoundException>(() => DataFiles.Find("no-package/no-file")).Message, StringComparison.Ordinal);
}
