using System.Text;
using System.Text.Json;
using SaaS.Analytics.Events;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class BatchParserTests
{
    static BatchDraft Parse(string body) => Parse(Encoding.UTF8.GetBytes(body));

    static BatchDraft Parse(byte[] body)
    {
        var draft = new BatchDraft();
        BatchParser.Parse(body, draft);
        return draft;
    }

    static EventDraft One(string e) => Parse($$"""{"batch":[{{e}}]}""")[0];

    public static IEnumerable<object[]> Corpus() =>
        Corpora.Files("json-test-suite").Select(f => new object[] { Path.GetFileName(f) });

    /// <summary>As the whole body, as an event and as the value of a prop: what is no JSON is malformed, nothing ever throws anything else.</summary>
    [CorporaTheory("json-test-suite")]
    [MemberData(nameof(Corpus))]
    public void Json_test_suite(string file)
    {
        var json = File.ReadAllBytes(Path.Combine(Corpora.Folder, "json-test-suite", file));
        byte[][] bodies =
        [
            json,
            [.. "{\"batch\":["u8, .. json, .. "]}"u8],
            [.. "{\"batch\":[{\"name\":\"x\",\"props\":{\"p\":"u8, .. json, .. "}}]}"u8],
        ];
        var kind = file[0];
        Assert.All(bodies, body =>
        {
            var refused = false;
            try
            {
                Parse(body);
            }
            catch (Exception e) when (e is JsonException or MalformedBatchException)
            {
                refused = true;
            }
            // Inside a batch some invalid documents complete to valid JSON ("1,2" is two events), so only the whole body decides.
            if (kind == 'n' && body == json) Assert.True(refused);
            if (kind == 'y' && body == bodies[2] && !Deep(json)) Assert.False(refused);
        });
    }

    static bool Deep(byte[] json) => json.Count(b => b == '[' || b == '{') > 10;

    [Theory]
    [InlineData("""{"batch":[{"name":"x"}]} x""")]
    [InlineData("""{"batch":[{"name":"x"}""")]
    [InlineData("""{"batch":[{"name":"x"},]}""")]
    [InlineData("")]
    public void Half_and_trailing_json_is_malformed(string body) => Assert.ThrowsAny<JsonException>(() => Parse(body));

    [Fact]
    public void Nesting_deeper_than_16_is_malformed() => Assert.ThrowsAny<JsonException>(
        () => One("""{"name":"x","props":{"p":""" + new string('[', 20) + new string(']', 20) + "}}"));

    [Fact]
    public void Members_come_in_any_order_and_unknown_ones_are_left_out()
    {
        var draft = Parse("""{"future":{"a":[1]},"batch":[{"zzz":[{}],"name":"a","context":{"x":{}}}],"sentAt":"2026-11-22T10:00:00Z","writeKey":"st_x"}""");
        Assert.Equal(("st_x", 1, "a"), (draft.WriteKey, draft.Count, draft[0].Name));
        Assert.Equal(new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc), draft.SentAt);
    }

    [Theory]
    [InlineData("""{"n\u0061me":"x"}""", "x")]
    [InlineData("""{"name":"lone \uD800 surrogate"}""", "lone \uFFFD surrogate")]
    [InlineData("""{"name":"low \uDC00 first"}""", "low \uFFFD first")]
    [InlineData("""{"name":"nul \u0000 \u0007 bell"}""", "nul \uFFFD \uFFFD bell")]
    [InlineData("""{"name":"pair \uD83D\uDE00 \"q\" \\ \/ \t"}""", "pair \U0001F600 \"q\" \\ /")]
    public void Strings_never_throw(string e, string name) => Assert.Equal(name, One(e).Name);

    [Fact]
    public void Invalid_utf8_inside_a_string_becomes_the_replacement_character()
    {
        byte[] body = [.. "{\"batch\":[{\"name\":\"a"u8, 0xFF, 0xC3, .. "b\"}]}"u8];
        Assert.Equal("a\uFFFD\uFFFDb", Parse(body)[0].Name);
    }

    [Fact]
    public void What_is_over_a_limit_is_cut_with_a_note()
    {
        var props = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"p{i}\":\"v\""));
        var e = One($$"""{"name":"{{new string('n', 200)}}","url":"https://example.com/{{new string('u', 5000)}}","props":{ {{props}},"p1":"{{new string('v', 3000)}}"} }""");
        Assert.Equal((120, 4096, 50), (e.Name.Length, e.Url.Length, e.Props.Count));
        Assert.Equal(2000, e.Props[1].Value.Length);
        Assert.Equal(["name_cut", "url_cut", "props_cut", "prop_value_cut"], e.Notes);
    }

    [Fact]
    public void A_cut_never_halves_a_character()
    {
        var e = One($$"""{"name":"{{new string('n', 119)}}😀"}""");
        Assert.Equal(new string('n', 119), e.Name);
    }

    [Fact]
    public void Props_are_text()
    {
        var e = One("""{"name":"x","props":{"s":"a","n":1.50,"t":true,"f":false,"z":null,"a":["x",2,true],"o":{"deep":1},"s":"b"}}""");
        Assert.Equal([new("s", "b"), new("n", "1.50"), new("t", "true"), new("f", "false"), new("a", "x, 2, true")], e.Props);
        Assert.Equal(["prop_invalid"], e.Notes);
    }

    [Fact]
    public void An_engagement_carries_its_numbers_as_fields()
    {
        var e = One("""{"name":"engagement","props":{"engagement_ms":1500.7,"scroll_depth":250,"pageview_id":"0b8f5b7e-6e0c-4b8e-9d0a-3f7f3a9d1c01","plan":"pro"}}""");
        Assert.Equal((1500u, (byte)100, Guid.Parse("0b8f5b7e-6e0c-4b8e-9d0a-3f7f3a9d1c01")), (e.EngagementMs, e.ScrollDepth, e.PageViewId));
        Assert.Equal([new("plan", "pro")], e.Props);
    }

    [Fact]
    public void An_ad_event_carries_its_ad()
    {
        var e = One("""{"props":{"ad_id":"a1","campaign_id":"c1","placement":"top"},"name":"ad_click"}""");
        Assert.Equal(("a1", "c1", "top", 0), (e.AdId, e.AdCampaignId, e.AdPlacement, e.Props.Count));
    }

    [Theory]
    [InlineData("""{"amount":12.345678,"currency":"eur"}""", "12.3457", "EUR", "")]
    [InlineData("99", "99", "", "")]
    [InlineData("\"7.5\"", "7.5", "", "")]
    [InlineData("1e400", null, "", "revenue_invalid")]
    [InlineData("1e20", null, "", "revenue_invalid")]
    [InlineData("[1]", null, "", "revenue_invalid")]
    [InlineData("""{"amount":{"x":1},"currency":"euro"}""", null, "", "revenue_invalid,currency_invalid")]
    public void Revenue(string json, string? amount, string currency, string notes)
    {
        var e = One($$"""{"name":"x","revenue":{{json}}}""");
        Assert.Equal(amount, e.Revenue?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((currency, notes), (e.Currency, string.Join(',', e.Notes)));
    }

    [Fact]
    public void Context()
    {
        var e = One("""{"name":"x","context":{"title":"T","language":"de-AT","screen":"1920x1080","timezone":"Europe/Vienna","consent":{"analytics":true,"ads":false},"app":"shop/2","library":{"name":"net","version":"1.0"}}}""");
        Assert.Equal(("T", "de-AT", "1920x1080", "Europe/Vienna"), (e.Title, e.Language, e.Screen, e.TimeZone));
        Assert.Equal(("analytics", "shop/2", "net/1.0"), (e.Consent, e.App, e.Library));
        Assert.Equal("", One("""{"name":"x","context":{"screen":"1920x1080x2"}}""").Screen);
    }

    [Theory]
    [InlineData("\"2026-11-22T10:00:00.1239Z\"", "2026-11-22T10:00:00.1230000Z")]
    [InlineData("\"2026-11-22T12:00:00+02:00\"", "2026-11-22T10:00:00.0000000Z")]
    [InlineData("\"2026-11-22T10:00:00\"", "2026-11-22T10:00:00.0000000Z")]
    [InlineData("1795341600000", "2026-11-22T10:00:00.0000000Z")]
    public void Timestamps(string json, string expected) => Assert.Equal(
        expected, One($$"""{"name":"x","timestamp":{{json}}}""").Timestamp!.Value.ToString("O"));

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("-1e300")]
    [InlineData("{}")]
    public void A_timestamp_that_is_none_is_noted(string json)
    {
        var e = One($$"""{"name":"x","timestamp":{{json}}}""");
        Assert.Equal((null, "timestamp_invalid"), (e.Timestamp, e.Notes.Single()));
    }
}
