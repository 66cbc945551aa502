using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Ingestion;

/// <summary>Asks at start and every minute.</summary>
sealed class ChunkQuestionLoop(ChunkQuestions questions, IHostApplicationLifetime host, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            await host.StartedAsync(stoppingToken);
            do await questions.AskAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
