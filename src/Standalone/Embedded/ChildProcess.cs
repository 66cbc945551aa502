using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SaaS.Analytics.Standalone.Embedded;

/// <summary>
/// A server that lives no longer than this process: it runs in a session of its own, so that Ctrl-C reaches it only through
/// us, and a small shell stops it when the pipe to us breaks, which also happens when we are killed.
/// </summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    const string Watch = """
        exec 3<&0
        "$@" </dev/null >>"$CHILD_LOG" 2>&1 &
        child=$!
        { read -r _ <&3; kill -"$CHILD_STOP" $child 2>/dev/null; } >/dev/null 2>&1 &
        echo $child >"$CHILD_LOG.pid"
        wait $child
        code=$?
        kill $! 2>/dev/null
        exit $code
        """;

    readonly Process process;
    readonly string log;

    ChildProcess(Process process, string log) => (this.process, this.log) = (process, log);

    /// <summary>Ends with the exit code.</summary>
    public Task Exited => process.WaitForExitAsync();

    public bool HasExited => process.HasExited;

    /// <summary>The server's own pid, for tests that kill it; null until it has started.</summary>
    public int? ServerPid => File.Exists(log + ".pid") && int.TryParse(File.ReadAllText(log + ".pid"), out var pid) ? pid : null;

    /// <param name="command">Program and arguments.</param>
    /// <param name="log">File that takes its output.</param>
    /// <param name="environment">Added to ours.</param>
    /// <param name="stopSignal">Signal that makes it stop cleanly and soon.</param>
    public static ChildProcess Start(
        IReadOnlyList<string> command, string log, IReadOnlyDictionary<string, string>? environment = null, string stopSignal = "TERM")
    {
        File.Delete(log + ".pid");
        var start = new ProcessStartInfo { FileName = File.Exists(SetSid) ? SetSid : "/bin/sh", RedirectStandardInput = true };
        if (start.FileName == SetSid) start.ArgumentList.Add("/bin/sh");
        foreach (var argument in (string[])["-c", Watch, "child", .. command]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        start.Environment["CHILD_LOG"] = log;
        start.Environment["CHILD_STOP"] = stopSignal;
        return new ChildProcess(Process.Start(start)!, log);
    }

    /// <summary>The last lines it wrote, for a message about its end.</summary>
    public string LogTail(int lines = 5) =>
        File.Exists(log) ? string.Join('\n', File.ReadAllLines(log).TakeLast(lines)) : "";

    public void Signal(int signal)
    {
        if (ServerPid is { } pid) _ = Kill(pid, signal);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Signal(9);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    const string SetSid = "/usr/bin/setsid";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
