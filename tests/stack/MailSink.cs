using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>A mail that the sink took.</summary>
public sealed record SunkMail(string To, string MessageId, string Text, DateTime At);

/// <summary>An SMTP server on 127.0.0.1 that takes every mail and keeps it.</summary>
public sealed class MailSink : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentQueue<SunkMail> mails = new();
    readonly CancellationTokenSource stop = new();
    Task accepting = Task.CompletedTask;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyCollection<SunkMail> Mails => mails;

    public static Task<MailSink> StartAsync()
    {
        var sink = new MailSink();
        sink.listener.Start();
        sink.accepting = sink.AcceptAsync();
        return Task.FromResult(sink);
    }

    public string? NewestTo(string address) => mails.LastOrDefault(m => m.To.Contains(address, StringComparison.OrdinalIgnoreCase))?.Text;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested) _ = SpeakAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    async Task SpeakAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        var to = "";
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) to = line[8..];
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                if (await MailAsync(reader, to) is { } mail) mails.Enqueue(mail);
                else return; // The sender died before the end: nothing was taken.
            }
            await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 ok");
        }
    }

    static async Task<SunkMail?> MailAsync(StreamReader reader, string to)
    {
        var body = new StringBuilder();
        for (string? line; (line = await reader.ReadLineAsync()) != "."; body.Append(line).Append("\r\n"))
            if (line is null) return null;
        using var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(body.ToString())));
        return new SunkMail(to, message.MessageId ?? "", message.TextBody ?? "", DateTime.UtcNow);
    }
}
