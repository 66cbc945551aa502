using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SaaS.Analytics.Bench;

/// <summary>Sends the same request over kept-alive connections, each as soon as the answer before has come; as thin as can be, since it shares the machine.</summary>
static class LoadClient
{
    /// <returns>Requests a second that were answered 202.</returns>
    public static async Task<double> RunAsync(int port, byte[] body, int connections, TimeSpan duration)
    {
        byte[] request = [.. Encoding.ASCII.GetBytes(
            $"POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        var clock = Stopwatch.StartNew();
        var answered = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => ConnectionAsync(port, request, clock, duration))));
        return answered.Sum() / clock.Elapsed.TotalSeconds;
    }

    static async Task<long> ConnectionAsync(int port, byte[] request, Stopwatch clock, TimeSpan duration)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var answer = new byte[16 * 1024];
        long answered = 0;
        for (; clock.Elapsed < duration; answered++)
        {
            await socket.SendAsync(request);
            await ReadAnswerAsync(socket, answer);
        }
        return answered;
    }

    static async Task ReadAnswerAsync(Socket socket, byte[] answer)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            if (IsWhole(answer.AsSpan(0, length))) return;
        }
    }

    /// <exception cref="IOException">The answer is not a 202.</exception>
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
