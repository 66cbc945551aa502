using System.Net.Sockets;
using System.Text;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>One connection through a <see cref="FaultProxy"/>; HTTP/1.1, so that requests and replies take turns.</summary>
sealed class ProxiedConnection(FaultProxy proxy, TcpClient client, TcpClient server)
{
    const int Beginning = 4096;

    /// <summary>After so many single bytes the rest of a reply comes at once.</summary>
    const int Trickled = 2000;
    readonly Lock gate = new();
    readonly StringBuilder request = new();
    bool replying;

    /// <param name="mine">The proxy's name in requests: the server refuses those that name another than its own.</param>
    /// <param name="theirs">The server's name, of the same length.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(byte[] mine, byte[] theirs, CancellationToken stop)
    {
        (client.NoDelay, server.NoDelay) = (true, true);
        await await Task.WhenAny(RequestsAsync(mine, theirs, stop), RepliesAsync(stop));
    }

    async Task RequestsAsync(byte[] mine, byte[] theirs, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await client.GetStream().ReadAsync(buffer, stop)) > 0;)
        {
            var at = buffer.AsSpan(0, read).IndexOf(mine);
            if (at >= 0) theirs.CopyTo(buffer, at);
            Asked(buffer.AsSpan(0, read));
            await proxy.PassAsync(stop);
            await server.GetStream().WriteAsync(buffer.AsMemory(0, read), stop);
        }
    }

    async Task RepliesAsync(CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await server.GetStream().ReadAsync(buffer, stop)) > 0;)
        {
            if (Begins() is { } asked && proxy.FateOf(asked) is not ReplyFate.Passes and var fate)
            {
                client.LingerState = new LingerOption(fate == ReplyFate.Reset, 0);
                return;
            }
            await proxy.PassAsync(stop);
            await ReplyAsync(buffer.AsMemory(0, read), stop);
        }
    }

    async Task ReplyAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var single = proxy.Trickle ? Math.Min(bytes.Length, Trickled) : 0;
        for (var i = 0; i < single; i++) await client.GetStream().WriteAsync(bytes.Slice(i, 1), stop);
        await client.GetStream().WriteAsync(bytes[single..], stop);
    }

    void Asked(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (replying) request.Clear();
            replying = false;
            if (request.Length < Beginning) request.Append(Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, Beginning)]));
        }
    }

    /// <returns>What was asked, where this is the beginning of the reply to it.</returns>
    string? Begins()
    {
        lock (gate)
        {
            if (replying) return null;
            replying = true;
            return request.ToString();
        }
    }
}
