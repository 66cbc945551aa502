namespace SaaS.Analytics.EmbeddedClickHouse;

/// <summary>Ends this process when standard input ends, which the kernel guarantees however the parent died.</summary>
public static class ParentWatch
{
    /// <summary>Starts watching; the returned token is cancelled at end of input.</summary>
    public static CancellationToken Start()
    {
        var closed = new CancellationTokenSource();
        new Thread(() => WaitForEnd(closed)) { IsBackground = true, Name = "parent watch" }.Start();
        return closed.Token;
    }

    private static void WaitForEnd(CancellationTokenSource closed)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
        }

        closed.Cancel();
        LastResort.Arm();
    }
}
