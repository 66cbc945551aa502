using System.Diagnostics;
using System.Text;

namespace SaaS.Analytics.Bench;

/// <summary>Sends the same request over kept-alive connections, each as soon as the answer before has come.</summary>
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
        using var connection = await LoadConnection.OpenAsync(port);
        long answered = 0;
        for (; clock.Elapsed < duration; answered++) await connection.SendAsync(request);
        return answered;
    }
}
