namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Writes the <see cref="ChunkLedger"/> when a saga of this worker has something for it, and now and then for those of others.</summary>
public sealed class ChunkLedgerLoop(ChunkLedger ledger, Patience patience, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    readonly SemaphoreSlim due = new(1);

    /// <summary>Never waits.</summary>
    public void Wake()
    {
        if (due.CurrentCount == 0) due.Release();
    }

    public override void Dispose()
    {
        due.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await due.WaitAsync(Every, stoppingToken);
            while (await patience.UntilThereAsync(ledger.WriteAsync, stoppingToken)) { }
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }
}
