using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SaaS.Analytics.Tests.Ingestion;

/// <summary>Whatever a body is made of: an answer below 500, and the next request is served.</summary>
public sealed class HostileBodyTests : IAsyncLifetime
{
    CollectorHost host = null!;

    public async Task InitializeAsync() => host = await CollectorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    static byte[] Batch(string e) => Encoding.UTF8.GetBytes(Text(e));

    static string Text(string e) => $$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{{e}},{"name":"neighbour"}]}""";

    static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            for (var i = 0; i < megabytes; i++) gzip.Write(new byte[1024 * 1024]);
        return packed.ToArray();
    }

    public static TheoryData<string> Refused => ["ten_megabytes", "bomb", "deep", "deep_in_event", "half", "nothing", "not_utf8"];

    static byte[] Body(string kind) => kind switch
    {
        "ten_megabytes" => Batch($$"""{"name":"{{new string('x', 10 * 1024 * 1024)}}"}"""),
        "bomb" => Bomb(500),
        "deep" => Encoding.UTF8.GetBytes(new string('[', 10_000)),
        "deep_in_event" => Batch($$$"""{"name":"a","props":{"b":{{{string.Concat(Enumerable.Repeat("{\"c\":", 10_000))}}}1{{{new string('}', 10_000)}}}}}"""),
        "half" => Batch("""{"name":"a"}""")[..^9],
        "not_utf8" => [0xFF, 0xFE, 0x7B, 0x00],
        _ => [],
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_batch_is_refused(string kind)
    {
        // Asks first: who sends on regardless sees its connection closed, with or without the answer.
        using var answer = await host.PostAsync(new ByteArrayContent(Body(kind)), request => request.Headers.ExpectContinue = true);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Text("""{"name":"next"}"""))).StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"a\ud800b"}""")]
    [InlineData("""{"name":"\udfff","props":{"\ud83d":"\ude00"}}""")]
    [InlineData("""{"name":"a\u0000b","url":"https://example.com/\u0000"}""")]
    [InlineData("""{"name":"a","timestamp":1e400,"revenue":{"amount":1e999,"currency":"\u0000"}}""")]
    [InlineData("""{"name":"a","url":"http://[::1"}""")]
    [InlineData("""{"name":"a","props":{"x":123456789012345678901234567890123456789012345678901234567890}}""")]
    public async Task A_strange_event_never_costs_its_neighbour(string strange)
    {
        using var answer = await host.PostAsync(Text(strange));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Contains(host.Records().Events(), e => e.Name == "neighbour");
    }

    [Fact]
    public async Task Invalid_utf8_inside_an_event_never_costs_its_neighbour()
    {
        var body = Batch("""{"name":"??"}""");
        body.AsSpan().Replace((byte)'?', (byte)0xFF);
        using var answer = await host.PostAsync(new ByteArrayContent(body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["\uFFFD\uFFFD", "neighbour"], host.Records().Events().Select(e => e.Name));
    }

    [Fact]
    public async Task Bodies_that_never_end_hold_nobody_up_and_are_ended_with_no_server_error()
    {
        var slow = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => DripAsync()));
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Text("""{"name":"next"}"""))).StatusCode);
        foreach (var connection in slow)
        {
            using var _ = connection;
            var answer = new byte[1024];
            var length = await connection.GetStream().ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.DoesNotContain(" 5", Encoding.ASCII.GetString(answer, 0, Math.Min(length, 12)), StringComparison.Ordinal);
        }
    }

    /// <summary>Promises a body and sends a few bytes of it.</summary>
    async Task<TcpClient> DripAsync()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"batch\":["));
        return connection;
    }
}
