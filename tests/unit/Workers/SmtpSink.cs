using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>A mail server that keeps what it is given.</summary>
sealed class SmtpSink : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    int refusals;

    /// <param name="refusals">Mails refused for now before the first is taken.</param>
    public SmtpSink(int refusals = 0)
    {
        this.refusals = refusals;
        listener.Start();
        _ = AcceptAsync();
    }

    public ConcurrentQueue<MimeMessage> Mails { get; } = [];

    /// <summary>Receivers whose name begins so are never answered about.</summary>
    public string Hangs { get; init; } = "hangs";

    /// <summary>Receivers whose name begins so are not known.</summary>
    public string Unknown { get; init; } = "unknown";

    /// <summary>Receivers that were asked for and not answered.</summary>
    public ConcurrentQueue<string> Hanging { get; } = [];

    /// <summary>What is waited for between the end of a mail and the word that it is taken.</summary>
    public Task BeforeTaken { get; init; } = Task.CompletedTask;

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public void Dispose() => listener.Dispose();

    async Task AcceptAsync()
    {
        while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
    }

    async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
            await AnswerAsync(line.Split(' ', ':')[0].ToUpperInvariant(), line, reader, writer);
    }

    Task AnswerAsync(string command, string line, StreamReader reader, StreamWriter writer)
    {
        if (command == "RCPT" && line.Contains($"<{Hangs}")) Hanging.Enqueue(line);
        return command switch
        {
            "EHLO" or "HELO" => writer.WriteLineAsync("250 sink"),
            "MAIL" when Interlocked.Decrement(ref refusals) >= 0 => writer.WriteLineAsync("451 try again later"),
            "RCPT" when line.Contains($"<{Hangs}") => Task.CompletedTask,
            "RCPT" when line.Contains($"<{Unknown}") => writer.WriteLineAsync("550 no such user"),
            "DATA" => TakeAsync(reader, writer),
            "QUIT" => writer.WriteLineAsync("221 bye"),
            _ => writer.WriteLineAsync("250 ok"),
        };
    }

    async Task TakeAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new StringWriter();
        while (await reader.ReadLineAsync() is { } line && line != ".") await text.WriteLineAsync(line);
        Mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ToString()))));
        await BeforeTaken;
        await writer.WriteLineAsync("250 taken");
    }
}
