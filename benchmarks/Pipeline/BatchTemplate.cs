using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>
/// A request, made once and changed in place: event ids, visitors and times. Every four events are one visit's: two page
/// views, an engagement and a custom event; two of five of them are by a visitor never seen before. Who sends the events of
/// many visitors at once is a server with an API key; what comes without one is a browser's, from its visitor's address.
/// </summary>
sealed class BatchTemplate
{
    const int EventsPerVisit = 4;
    const int KnownVisitors = 2000;
    const string Id = "00000000-0000-4000-8000-000000000000";
    const string Time = "1000000000000";
    const string Visitor = "vvvvvvvvvvvvvvvv";
    const string Agent = "UUUUUUUUUUUU";
    const string Address = "185.aaa.aaa.aaa";
    readonly byte[] request;
    readonly int[] ids, times, visitors;
    readonly int agent, address;
    readonly Random random;

    /// <param name="trackingId">The site.</param>
    /// <param name="domain">Its domain.</param>
    /// <param name="events">Events of a request.</param>
    /// <param name="key">The server's API key; null: a browser.</param>
    /// <param name="seed">Of ids and visitors.</param>
    public BatchTemplate(string trackingId, string domain, int events, string? key, int seed)
    {
        random = new Random(seed);
        var batch = string.Join(',', Enumerable.Range(0, events).Select(i => Event(i, domain)));
        var body = $$"""{"writeKey":"{{trackingId}}","batch":[{{batch}}]}""";
        var text = $"POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{Agent} Safari/537.36\r\n{(key is null ? $"X-Forwarded-For: {Address}" : $"Authorization: Bearer {key}")}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        request = Encoding.ASCII.GetBytes(text);
        (ids, times, visitors) = (All(text, Id), All(text, Time), All(text, Visitor));
        (agent, address) = (text.IndexOf(Agent, StringComparison.Ordinal), text.IndexOf(Address, StringComparison.Ordinal));
    }

    /// <summary>The next request; valid until the next call.</summary>
    /// <param name="now">Milliseconds since 1970: the time of the last event.</param>
    /// <param name="uniqueAgent">A user agent that never came before, in place of one of 20.</param>
    public ReadOnlyMemory<byte> Next(long now, bool uniqueAgent)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            Guid id = Guid.NewGuid();
            Utf8Formatter.TryFormat(id, request.AsSpan(ids[i]), out _);
            Utf8Formatter.TryFormat(now - (EventsPerVisit - 1 - i % EventsPerVisit) * 10_000, request.AsSpan(times[i]), out _);
        }
        for (var i = 0; i < visitors.Length; i += EventsPerVisit) Visitors(i);
        var version = uniqueAgent
            ? string.Create(CultureInfo.InvariantCulture, $"1{random.Next(100, 999)}.{random.Next(10_000_000):d7}")
            : string.Create(CultureInfo.InvariantCulture, $"{random.Next(121, 141)}.00000000");
        Encoding.ASCII.GetBytes(version, request.AsSpan(agent));
        return request;
    }

    void Visitors(int first)
    {
        var isNew = random.Next(5) < 2;
        var number = isNew ? random.NextInt64(1L << 40, 1L << 60) : random.Next(KnownVisitors);
        for (var i = first; i < Math.Min(first + EventsPerVisit, visitors.Length); i++)
            Utf8.TryWrite(request.AsSpan(visitors[i], Visitor.Length), CultureInfo.InvariantCulture, $"{number:x16}", out _);
        if (address >= 0)
            Utf8.TryWrite(request.AsSpan(address, Address.Length), CultureInfo.InvariantCulture,
                $"185.{100 + number % 100}.{100 + number / 100 % 100}.{100 + number / 10_000 % 100}", out _);
    }

    static string Event(int i, string domain)
    {
        var (name, props) = (i % EventsPerVisit) switch
        {
            1 => ("engagement", $$"""{"engagement_ms":8200,"scroll_depth":60,"pageview_id":"6a7c0f3e-0000-4000-8000-0000000000{{i % 90 + 10}}"}"""),
            3 => ("Add to cart", $$"""{"plan":"pro","position":{{i}}}"""),
            _ => ("pageview", "{}"),
        };
        return $$$"""{"id":"{{{Id}}}","name":"{{{name}}}","timestamp":{{{Time}}},"visitorId":"{{{Visitor}}}","url":"https://www.{{{domain}}}/products/{{{i}}}?utm_source=news&utm_medium=email&page=2","referrer":"https://www.google.com/","props":{{{props}}},"context":{"title":"Product {{{i}}}","language":"en-GB","screen":"1920x1080","timezone":"Europe/Vienna"}}""";
    }

    static int[] All(string text, string mark)
    {
        var found = new List<int>();
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal)) found.Add(at);
        return [.. found];
    }
}
