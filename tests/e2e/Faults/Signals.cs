using System.Diagnostics;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Sends signals to one process, by its pid.</summary>
static class Signals
{
    public static void Send(int pid, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/kill", ["-s", signal, $"{pid}"]) { RedirectStandardError = true })!;
        var said = kill.StandardError.ReadToEnd();
        kill.WaitForExit();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill -s {signal} {pid}: {said}");
    }
}
