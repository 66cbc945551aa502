using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A process of the product: can be killed, frozen, stopped, and started again on its data.</summary>
/// <param name="name">What it is called in messages.</param>
/// <param name="start">Starts it and returns when it is ready.</param>
/// <param name="pid">The process to signal, where it is not the one that was started.</param>
sealed class Part(string name, Func<Task<ChildProcess>> start, Func<int>? pid = null) : IAsyncDisposable
{
    const int Starts = 5;
    ChildProcess? process;

    public string Name => name;

    public int Pid => pid?.Invoke() ?? process!.ServerPid!.Value;

    public string Log(int lines) => process?.LogTail(lines) ?? "";

    /// <summary>A server that was killed may leave children behind for a moment, which keep the next start from its data.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                process = await start();
                return;
            }
            catch (InvalidOperationException) when (attempt < Starts)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    public Task KillAsync() => EndAsync("KILL");

    public Task StopAsync() => EndAsync("TERM");

    /// <summary>After it was killed from elsewhere.</summary>
    public async Task StartAgainAsync()
    {
        await process!.Exited;
        await process.DisposeAsync();
        process = null;
        await StartAsync();
    }

    public void Kill() => Signals.Send(Pid, "KILL");

    public void Freeze() => Signals.Send(Pid, "STOP");

    public void Thaw() => Signals.Send(Pid, "CONT");

    /// <summary>Runs, and moves.</summary>
    public async Task MendAsync()
    {
        if (process is null || process.HasExited) await StartAsync();
        Thaw();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        if (!process.HasExited) await KillAsync();
    }

    async Task EndAsync(string signal)
    {
        Signals.Send(Pid, signal);
        await process!.Exited;
        await process.DisposeAsync();
        process = null;
    }
}
