using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SaaS.Analytics.Bench;

/// <summary>One kept-alive connection; as thin as can be, since it shares the machine with what it measures.</summary>
sealed class LoadConnection : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] answer = new byte[16 * 1024];

    public static async Task<LoadConnection> OpenAsync(int port)
    {
        var connection = new LoadConnection();
        await connection.socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Returns once the request is answered.</summary>
    /// <exception cref="IOException">The answer is not a 202.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request[sent..]);
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            if (IsWhole(answer.AsSpan(0, length))) return;
        }
    }

    public void Dispose() => socket.Dispose();

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 202"u8)) throw new IOException(Encoding.UTF8.GetString(answer));
        var length = answer.IndexOf("Content-Length: "u8);
        var rest = answer[(length + "Content-Length: ".Length)..];
        return answer.Length >= head + 4 + int.Parse(rest[..rest.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
