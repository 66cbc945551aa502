using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryPack;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Events;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Ingestion.Geo;
using SaaS.Analytics.Pipeline;
using Xunit.Abstractions;

namespace SaaS.Analytics.Tests.Ingestion;

/// <summary>
/// Random damage to valid batches: they are refused as malformed, or become whole records that can be read, packed and
/// unpacked. <c>FUZZ_SECONDS</c> sets how long, <c>FUZZ_SEED</c> where it begins; a failure prints the body.
/// </summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    const int Bodies = 20_000;
    static readonly byte[][] Seeds = [.. new[]
    {
        """{"writeKey":"st_AAAAAAAAAAAAAAAA","sentAt":"2026-01-02T03:04:05.678Z","batch":[{"id":"0b8f5b7e-6e0c-4b8e-9d0a-3f7f3a9d1c01","name":"pageview","timestamp":"2026-01-02T03:04:05Z","url":"https://www.example.com/a?b=c#d","referrer":"https://google.com/"},{"name":"engagement","props":{"engagement_ms":1234,"scroll_depth":55,"pageview_id":"0b8f5b7e-6e0c-4b8e-9d0a-3f7f3a9d1c01"}}]}""",
        """{"batch":[{"id":"no uuid","name":"Purchase","visitorId":"v1","userId":"u1","props":{"a":1,"b":[1,"x",null,true,{"y":2}],"c":null,"d":1.5e3,"\u00e9\ud83d\ude00":"\\\"\/\b\f\n\r\t"},"revenue":{"amount":"12.50","currency":"EUR"},"interactive":false,"timestamp":1767323045678}]}""",
        """{"batch":[{"name":"ad_click","props":{"ad_id":"1","campaign_id":"2","placement":"top"},"context":{"title":"T","language":"de-AT","screen":"1920x1080","timezone":"Europe/Vienna","app":{"name":"A","version":"1"},"library":"js/1","consent":{"analytics":true,"ads":false}}},{"name":""},7,null,[],"x"]}""",
    }.Select(Encoding.UTF8.GetBytes)];

    static readonly byte[][] Pieces = [.. new[]
    {
        "\"", "\\", "\\u", "\\ud800", "\\u0000", "{", "}", "[", "]", ":", ",", "null", "true", "-", "1e999", "1e-999", "0", "99999999999999999999", "-0.0",
        "\"batch\":", "\"props\":{", "\"name\":\"\"", "\"timestamp\":", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+14:00\"", "\u0000", "\uFEFF", "\u2028", "😀",
        "\"url\":\"http://\"", "//", "\r\n", "\"revenue\":", "\"context\":", "\"consent\":",
    }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80]];

    readonly EventRecorder recorder = new(Options.Create(new BrokerSettings()));
    readonly BatchDraft draft = new();

    [Fact]
    public void Damaged_bodies_are_refused_or_become_whole_records()
    {
        var seed = Setting("FUZZ_SEED") ?? Environment.TickCount;
        output.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(seed);
        var seconds = Setting("FUZZ_SECONDS");
        var watch = Stopwatch.StartNew();
        var corpus = new List<byte[]>(Seeds);
        for (var n = 0; seconds is { } s ? watch.Elapsed.TotalSeconds < s : n < Bodies; n++)
        {
            var body = Damage(corpus[random.Next(corpus.Count)], random);
            if (Digests(body) && corpus.Count < 2000) corpus.Add(body);
        }
    }

    static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    static byte[] Damage(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0: bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at)); break;
                case 2: if (at < bytes.Count) bytes[at] = (byte)random.Next(256); break;
                case 3: if (at < bytes.Count) bytes[at] ^= (byte)(1 << random.Next(8)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(64), bytes.Count - at))); break;
            }
        }
        return [.. bytes.Take(16 * 1024)];
    }

    /// <returns>True where the body was a batch.</returns>
    bool Digests(byte[] body)
    {
        try
        {
            draft.Reset();
            BatchParser.Parse(body, draft);
            Check();
            return true;
        }
        catch (Exception e) when (e is JsonException or MalformedBatchException)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Body {Convert.ToBase64String(body)}", e);
        }
    }

    void Check()
    {
        var now = EventTime.WholeMilliseconds(DateTime.UtcNow);
        var (records, accepted) = recorder.Record(draft, CollectorHost.Site, new Sender("ua", "", "", Place.Unknown, SenderSigns.None, 1, 2), now, imports: false);
        var events = new List<(int, DateTime, ReadOnlyMemory<byte>)>();
        Assert.Equal(0, SpoolReplay.Segment(records, (_, r) =>
        {
            if (r.Kind == RecordKind.Event) events.Add((r.SiteId, now, r.Payload));
        }));
        Assert.InRange(accepted, events.Count, draft.Count);
        if (events.Count == 0) return;
        foreach (var e in ChunkPayload.Read(ChunkPayload.Write(events)))
            Assert.InRange(MemoryPackSerializer.Serialize(e.Event).Length, 1, EventLimits.EventBytes * 2);
    }
}
