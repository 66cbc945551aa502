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
            var head = Asked(buffer.AsSpan(0, read));
            await proxy.PassAsync(stop);
            if (IsBody(buffer.AsSpan(0, read), head) && proxy.Halves(head)) read /= -2;
            await SendAsync(buffer.AsMemory(0, Math.Abs(read)), stop);
            if (read < 0) return;
        }
    }

    /// <summary>The bytes, with the settings that the proxy adds where they begin a request.</summary>
    async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var path = Encoding.ASCII.GetBytes("POST /?");
        if (proxy.Settings.Length > 0 && bytes.Span.StartsWith(path))
        {
            await server.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /?{proxy.Settings}&"), stop);
            bytes = bytes[path.Length..];
        }
        await server.GetStream().WriteAsync(bytes, stop);
    }

    /// <summary>Some of what comes is beyond the head of the request.</summary>
    static bool IsBody(ReadOnlySpan<byte> bytes, string request)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        return end >= 0 ? end + 4 < bytes.Length : request.Contains("\r\n\r\n", StringComparison.Ordinal);
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

    /// <returns>The beginning of the request that these bytes belong to.</returns>
    string Asked(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (replying) request.Clear();
            replying = false;
            if (request.Length < Beginning) request.Append(Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, Beginning)]));
            return request.ToString();
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
