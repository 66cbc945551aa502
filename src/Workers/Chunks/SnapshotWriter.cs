using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// Snapshots of all partitions share their INSERTs: at most one round in two seconds while there is little to do, the next as
/// soon as the last one ends when there is much. As every INSERT makes a part that must be merged, this is what keeps a
/// small machine idle.
/// </summary>
public sealed class SnapshotWriter(AnalyticStore store, Patience patience, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly SemaphoreSlim arrived = new(0);
    readonly SemaphoreSlim hurry = new(0);
    List<(Snapshots Rows, TaskCompletionSource Written)> waiting = [];

    /// <param name="rows">What to write.</param>
    /// <param name="urgent">True under load: others' rows are not waited for.</param>
    /// <param name="cancel">Ends the wait; the rows may still be written.</param>
    /// <returns>Ends when the rows are stored.</returns>
    public Task WriteAsync(Snapshots rows, bool urgent, CancellationToken cancel)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) waiting.Add((rows, written));
        arrived.Release();
        if (urgent) hurry.Release();
        return written.Task.WaitAsync(cancel);
    }

    public override void Dispose()
    {
        arrived.Dispose();
        hurry.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var last = clock.GetTimestamp() - clock.TimestampFrequency; ; last = clock.GetTimestamp())
        {
            await arrived.WaitAsync(stoppingToken);
            if (Calm - clock.GetElapsedTime(last) is { Ticks: > 0 } rest) await hurry.WaitAsync(rest, stoppingToken);
            while (arrived.Wait(0, CancellationToken.None) | hurry.Wait(0, CancellationToken.None)) { }
            last = clock.GetTimestamp();
            await WriteAllAsync(Take(), stoppingToken);
        }
    }

    List<(Snapshots Rows, TaskCompletionSource Written)> Take()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }

    async Task WriteAllAsync(List<(Snapshots Rows, TaskCompletionSource Written)> all, CancellationToken cancel)
    {
        try
        {
            await InsertAsync(Snapshots.Together([.. all.Select(a => a.Rows)]), cancel);
            all.ForEach(a => a.Written.TrySetResult());
        }
        catch (Exception e) when (all.Count == 1 || cancel.IsCancellationRequested)
        {
            all.ForEach(a => a.Written.TrySetException(e));
        }
        catch (Exception)
        {
            // Rows of one chunk are refused: each is tried alone, so that the others do not fail with it.
            foreach (var one in all) await WriteAllAsync([one], cancel);
        }
    }

    Task InsertAsync(Snapshots rows, CancellationToken cancel) => Task.WhenAll(
        patience.UntilThereAsync(c => store.Visits.InsertAsync(rows.Visits, c), cancel),
        patience.UntilThereAsync(c => store.Visitors.InsertAsync(rows.Visitors, c), cancel),
        patience.UntilThereAsync(c => store.Ledger.InsertAsync(rows.Ledger, c), cancel));
}
