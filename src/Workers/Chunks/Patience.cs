namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Waits for a store that is away, for as long as it takes: a chunk keeps its place in the queue meanwhile.</summary>
public sealed partial class Patience(TimeProvider clock, ILogger<Patience> log)
{
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Repeats <paramref name="attempt"/> while it fails for an outage; any other failure is the caller's.</summary>
    public async Task<T> UntilThereAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancel)
    {
        for (var wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return await attempt(cancel);
            }
            catch (Exception e) when (Outage.Is(e) && !cancel.IsCancellationRequested)
            {
                Waiting(log, wait, e.Message);
            }
            await Task.Delay(wait, clock, cancel);
        }
    }

    public Task UntilThereAsync(Func<CancellationToken, Task> attempt, CancellationToken cancel) =>
        UntilThereAsync(async c => { await attempt(c); return true; }, cancel);

    [LoggerMessage(LogLevel.Warning, "A store is away, next try in {Wait}: {Reason}")]
    static partial void Waiting(ILogger log, TimeSpan wait, string reason);
}
