using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>The ClickHouse engine of this process; it lives while its first connection is open.</summary>
internal sealed class ClickHouseEngine : IDisposable
{
    private const int Parallel = 16;
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<string> _session;
    private readonly nint _anchor;
    private readonly SemaphoreSlim _free = new(Parallel);

    private ClickHouseEngine(IReadOnlyList<string> session, nint anchor) => (_session, _anchor) = (session, anchor);

    /// <exception cref="StartupException">The library is missing or the engine cannot open the directory.</exception>
    public static ClickHouseEngine Start(ServerOptions options)
    {
        ThreadPool.SetMinThreads(2 * Parallel, 2 * Parallel);
        ChdbLibrary.Load(options.LibraryPath);
        Chdb.SetEnvironment("TZ", "UTC", overwrite: 1);
        Chdb.SetSignalHandlersEnabled(0);
        Environment.CurrentDirectory = options.DataDirectory;
        var path = Path.Combine(options.DataDirectory, "engine");
        var anchor = Connect([$"--path={path}", .. EngineProfile.Server(options.MemoryMegabytes)]);
        return anchor is not 0
            ? new ClickHouseEngine([$"--path={path}", .. EngineProfile.Session(options.MemoryMegabytes)], anchor)
            : throw new StartupException($"The ClickHouse engine could not open its data in {path}.");
    }

    /// <summary>A session of its own, waiting while <see cref="Parallel"/> statements run.</summary>
    public async Task<EngineConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Open(() => _free.Release()), CancellationToken.None);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Asks the engine to stop the statement that carries this mark in its log_comment.</summary>
    public void Stop(string mark)
    {
        using var connection = Open(() => { });
        connection.Execute($"KILL QUERY WHERE Settings['log_comment'] = {SqlText.Quote(mark)} ASYNC");
    }

    /// <summary>Stops what still runs and closes the engine; statements that do not end in time are left to the end of the process.</summary>
    public void Dispose()
    {
        if (_free.CurrentCount < Parallel)
            StopAll();
        EngineConnection.Close(_anchor);
    }

    private void StopAll()
    {
        using (var connection = Open(() => { }))
            connection.Execute("KILL QUERY WHERE 1 ASYNC");
        for (var watch = Stopwatch.StartNew(); _free.CurrentCount < Parallel && watch.Elapsed < LastWait;)
            Thread.Sleep(20);
    }

    private EngineConnection Open(Action closed)
    {
        var connection = Connect(_session);
        return connection is not 0
            ? new EngineConnection(connection, closed)
            : throw new EngineException(1001, "STD_EXCEPTION", "The engine opened no session.");
    }

    private static unsafe nint Connect(IReadOnlyList<string> options)
    {
        string[] arguments = ["clickhouse", .. options];
        var native = new byte*[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            native[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        fixed (byte** pointers = native)
        {
            var connection = Chdb.Connect(native.Length, pointers);
            foreach (var argument in native)
                Marshal.FreeCoTaskMem((nint)argument);
            return (nint)connection;
        }
    }
}
