using System.Net;
using System.Net.Sockets;
using System.Text;
using ClickHouse.Driver.ADO;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>What becomes of a reply.</summary>
public enum ReplyFate
{
    Passes,

    /// <summary>The request was carried out, the connection is closed without a reply.</summary>
    Dropped,

    /// <summary>The same, by a reset.</summary>
    Reset,
}

/// <summary>Stands between the workers and ClickHouse, and breaks what it is told to.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    readonly TcpListener listener;
    readonly ClickHouseConnectionStringBuilder server;
    readonly CancellationTokenSource stop = new();
    readonly Task loop;
    volatile TaskCompletionSource? silence;
    int refused;
    int broken;

    /// <param name="connection">Connection string of the server.</param>
    public FaultProxy(string connection)
    {
        server = new ClickHouseConnectionStringBuilder(connection);
        listener = Listen(digits: $"{server.Port}".Length);
        loop = AcceptAsync();
    }

    /// <summary>Every connection is closed at once.</summary>
    public bool Down { get; set; }

    /// <summary>Replies come byte by byte.</summary>
    public bool Trickle { get; set; }

    /// <summary>Asked when a reply begins, with the beginning of its request.</summary>
    public Func<string, ReplyFate> Fate { get; set; } = _ => ReplyFate.Passes;

    /// <summary>Asked with a request whose body begins; where true only half of the bytes at hand reach the server, and the connection ends.</summary>
    public Func<string, bool> Halves { get; set; } = _ => false;

    /// <summary>Settings that every request brings to the server beside its own, such as <c>max_memory_usage=1000</c>.</summary>
    public string Settings { get; set; } = "";

    public int Refused => Volatile.Read(ref refused);

    /// <summary>Replies that did not arrive.</summary>
    public int Broken => Volatile.Read(ref broken);

    public string Connection => new ClickHouseConnectionStringBuilder(server.ConnectionString)
    {
        Host = "127.0.0.1", Port = Port,
    }.ConnectionString;

    ushort Port => (ushort)((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A black hole: what is sent from now on, either way, disappears, and nothing is said before <see cref="Speak"/>.</summary>
    public void FallSilent() => silence ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Speak()
    {
        silence?.TrySetResult();
        silence = null;
    }

    /// <summary>Everything passes again.</summary>
    public void Mend()
    {
        (Down, Trickle, Fate) = (false, false, _ => ReplyFate.Passes);
        (Halves, Settings) = (_ => false, "");
        Speak();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
        stop.Dispose();
    }

    /// <exception cref="IOException">The bytes were swallowed, the connection is of no use any more.</exception>
    internal async Task PassAsync(CancellationToken cancel)
    {
        if (silence is not { } hole) return;
        await hole.Task.WaitAsync(cancel);
        throw new IOException("Swallowed.");
    }

    internal ReplyFate FateOf(string request)
    {
        var fate = Fate(request);
        if (fate != ReplyFate.Passes) Interlocked.Increment(ref broken);
        return fate;
    }

    async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            if (Down) Refuse(client);
            else _ = ForwardAsync(client);
        }
    }

    void Refuse(TcpClient client)
    {
        Interlocked.Increment(ref refused);
        client.Dispose();
    }

    async Task ForwardAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient();
        try
        {
            await to.ConnectAsync(server.Host, server.Port, stop.Token);
            await new ProxiedConnection(this, from, to).RunAsync(Name(Port), Name(server.Port), stop.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            from.LingerState = new LingerOption(true, 0); // One side has gone; the other is told by a reset.
        }
    }

    static byte[] Name(int port) => Encoding.ASCII.GetBytes($"127.0.0.1:{port}");

    /// <summary>On a port as long as the server's: its name is put in place of ours in every request.</summary>
    static TcpListener Listen(int digits)
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            if ($"{((IPEndPoint)listener.LocalEndpoint).Port}".Length == digits) return listener;
            listener.Dispose();
        }
    }
}
