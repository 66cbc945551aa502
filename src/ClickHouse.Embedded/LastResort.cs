using System.Diagnostics;

namespace SaaS.Analytics.EmbeddedClickHouse;

/// <summary>Kills this process when stopping takes too long. The data does not mind: what was answered is stored.</summary>
public static class LastResort
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    public static void Arm() =>
        new Thread(() =>
        {
            Thread.Sleep(Grace);
            Process.GetCurrentProcess().Kill();
        }) { IsBackground = true, Name = "last resort" }.Start();
}
