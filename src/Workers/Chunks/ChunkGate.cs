namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Lets chunks be stored beside each other, or one alone in the whole process.</summary>
public sealed class ChunkGate : IDisposable
{
    readonly Lock gate = new();
    readonly SemaphoreSlim one = new(1);
    int inside;
    TaskCompletionSource? empty;
    TaskCompletionSource? open;

    /// <returns>Dispose it to leave.</returns>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task closed;
            lock (gate)
            {
                if (open is null)
                {
                    inside++;
                    return new Pass(Leave);
                }
                closed = open.Task;
            }
            await closed.WaitAsync(cancel);
        }
    }

    /// <summary>Lets nobody in any more and waits until all have left.</summary>
    /// <returns>Dispose it to leave.</returns>
    public async Task<IDisposable> EnterAloneAsync(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            await Close().WaitAsync(cancel);
            return new Pass(LeaveAlone);
        }
        catch
        {
            LeaveAlone();
            throw;
        }
    }

    public void Dispose() => one.Dispose();

    Task Close()
    {
        lock (gate)
        {
            open = New();
            if (inside == 0) return Task.CompletedTask;
            empty = New();
            return empty.Task;
        }
    }

    void Leave()
    {
        lock (gate)
            if (--inside == 0) empty?.TrySetResult();
    }

    void LeaveAlone()
    {
        lock (gate)
        {
            open!.TrySetResult();
            (open, empty) = (null, null);
        }
        one.Release();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Pass(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
