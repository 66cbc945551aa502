using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>Stands between a client and a server, hears what they say before the other does, and can cut the line.</summary>
public sealed class Tap : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<TcpClient, bool> open = [];
    readonly CancellationTokenSource stop = new();
    readonly int server;
    readonly Task loop;
    volatile bool down;

    /// <param name="server">The server's port on this machine.</param>
    public Tap(int server)
    {
        this.server = server;
        listener.Start();
        loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Told what a client is about to say; where it returns false nothing of it reaches the server, and the connection ends.</summary>
    public Func<ReadOnlyMemory<byte>, bool> Asks { get; set; } = _ => true;

    /// <summary>The same for what the server answers.</summary>
    public Func<ReadOnlyMemory<byte>, bool> Answers { get; set; } = _ => true;

    /// <summary>The server is away: connections are cut, new ones closed at once.</summary>
    public bool Down
    {
        get => down;
        set
        {
            down = value;
            if (value) foreach (var connection in open.Keys) connection.Dispose();
        }
    }

    /// <summary>Everything passes again.</summary>
    public void Mend() => (Down, Asks, Answers) = (false, _ => true, _ => true);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) _ = ForwardAsync(await listener.AcceptTcpClientAsync(stop.Token));
    }

    async Task ForwardAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient { NoDelay = true };
        from.NoDelay = true;
        open[from] = true;
        try
        {
            if (down) return;
            await to.ConnectAsync(IPAddress.Loopback, server, stop.Token);
            await await Task.WhenAny(PassAsync(from, to, b => Asks(b)), PassAsync(to, from, b => Answers(b)));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            if (from.Client is { } socket) socket.LingerState = new LingerOption(true, 0); // One side has gone; the other is told by a reset.
        }
        finally
        {
            open.TryRemove(from, out _);
        }
    }

    async Task PassAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> may)
    {
        var buffer = new byte[128 * 1024];
        for (int read; (read = await from.GetStream().ReadAsync(buffer, stop.Token)) > 0;)
        {
            if (!may(buffer.AsMemory(0, read))) return;
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
        }
    }
}
