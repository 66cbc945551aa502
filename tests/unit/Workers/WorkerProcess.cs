using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>A worker as a process of its own, so that it can be killed.</summary>
sealed class WorkerProcess : IAsyncDisposable
{
    const int SigKill = 9;
    static readonly string Folder = Directory.CreateTempSubdirectory("worker-").FullName;
    static int started;
    readonly ChildProcess process;

    WorkerProcess(ChildProcess process) => this.process = process;

    /// <summary>One that starts again under its name has its partitions back at once.</summary>
    public static WorkerProcess Start(WorkerStack stack, string broker, int partitions, string store)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Path.Combine(Sources.Root, "src/Workers/bin", configuration, "net10.0/SaaS.Analytics.Workers.dll");
        return new WorkerProcess(ChildProcess.Start(
            ["dotnet", program, "--urls", "http://127.0.0.1:0"], Path.Combine(Folder, $"{Interlocked.Increment(ref started)}.log"),
            new Dictionary<string, string>
            {
                ["Postgres__App"] = stack.Postgres.App, ["Postgres__System"] = stack.Postgres.System, ["ClickHouse__Connection"] = store,
                ["Broker__Url"] = broker, ["Broker__Partitions"] = $"{partitions}", ["Workers__Name"] = "mortal", ["Workers__LeaseSeconds"] = "5",
            }));
    }

    public async Task KillAsync()
    {
        await Eventually.TrueAsync(() => process.ServerPid is not null, "the worker has started");
        process.Signal(SigKill);
        await process.Exited;
    }

    public string Log => process.LogTail(30);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
