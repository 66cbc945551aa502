using System.Net;
using System.Net.Sockets;
using System.Text;
using ClickHouse.Driver.ADO;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Stands between the workers and ClickHouse; while it is down, every connection is closed at once.</summary>
sealed class FaultProxy : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ClickHouseConnectionStringBuilder server;
    readonly CancellationTokenSource stop = new();
    readonly Task loop;
    int refused;

    public FaultProxy(string connection)
    {
        server = new ClickHouseConnectionStringBuilder(connection);
        listener.Start();
        loop = AcceptAsync();
    }

    public volatile bool Down;

    public int Refused => Volatile.Read(ref refused);

    public string Connection => new ClickHouseConnectionStringBuilder(server.ConnectionString)
    {
        Host = "127.0.0.1", Port = Port,
    }.ConnectionString;

    ushort Port => (ushort)((IPEndPoint)listener.LocalEndpoint).Port;

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
        await to.ConnectAsync(server.Host, server.Port, stop.Token);
        await Task.WhenAny(RequestsAsync(from.GetStream(), to.GetStream()), to.GetStream().CopyToAsync(from.GetStream(), stop.Token));
    }

    /// <summary>The server refuses requests that name another port than its own, so the name is changed on the way.</summary>
    async Task RequestsAsync(NetworkStream from, NetworkStream to)
    {
        var (mine, theirs) = (Encoding.ASCII.GetBytes($"127.0.0.1:{Port}"), Encoding.ASCII.GetBytes($"127.0.0.1:{server.Port}"));
        Assert.Equal(mine.Length, theirs.Length);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, stop.Token)) > 0;)
        {
            var at = buffer.AsSpan(0, read).IndexOf(mine);
            if (at >= 0) theirs.CopyTo(buffer, at);
            await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        stop.Dispose();
    }
}
