using System.Net;
using System.Text;
using SaaS.Analytics.Events;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class VisitorTests : IAsyncLifetime
{
    const string Visitor = "203.0.113.77";
    CollectorHost host = null!;

    public async Task InitializeAsync() => host = await CollectorHost.StartAsync();
    public async Task DisposeAsync() => await host.DisposeAsync();

    async Task<CollectedEvent> SendAsync(string members = "", string address = Visitor, string agent = "Agent/1")
    {
        using var response = await host.PostAsync(
            $$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"pageview"{{members}}}]}""",
            r =>
            {
                r.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
                r.Headers.TryAddWithoutValidation("User-Agent", agent);
            });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return host.Records().Events().Last();
    }

    [Fact]
    public async Task A_cookieless_visitor_is_address_and_user_agent()
    {
        var first = await SendAsync();
        Assert.Equal(VisitorMode.Cookieless, first.Mode);
        Assert.Equal(first.CookielessId, (await SendAsync()).CookielessId);
        Assert.NotEqual(first.CookielessId, (await SendAsync(address: "203.0.113.78")).CookielessId);
        Assert.NotEqual(first.CookielessId, (await SendAsync(agent: "Agent/2")).CookielessId);
    }

    [Fact]
    public async Task A_visitor_id_or_a_user_id_is_consent()
    {
        var device = await SendAsync(""","visitorId":"v1" """);
        Assert.Equal(VisitorMode.Consented, device.Mode);
        Assert.NotEqual(0UL, device.ConsentedId);
        Assert.Equal((0UL, ""), (device.UserIdHash, device.UserId));
        var user = await SendAsync(""","userId":"v1" """);
        Assert.Equal((VisitorMode.Consented, 0UL, "v1"), (user.Mode, user.ConsentedId, user.UserId));
        Assert.NotEqual(device.ConsentedId, user.UserIdHash);
    }

    [Fact]
    public async Task Only_proxies_are_believed()
    {
        await using var strict = await CollectorHost.StartAsync(settings: ("Ingestion:TrustedProxies", "192.0.2.0/24"));
        foreach (var address in new[] { Visitor, "198.51.100.1" })
            (await strict.PostAsync($$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"x"}]}""",
                r => r.Headers.TryAddWithoutValidation("X-Forwarded-For", address))).Dispose();
        Assert.Single(strict.Records().Events().Select(e => e.CookielessId).Distinct());
    }

    [Fact]
    public async Task The_first_public_address_counts()
    {
        var direct = await SendAsync();
        Assert.Equal(direct.CookielessId, (await SendAsync(address: $"unknown, 10.1.2.3, {Visitor}, 198.51.100.9")).CookielessId);
        Assert.Equal(direct.CookielessId, (await SendAsync(address: $"{Visitor}:4711")).CookielessId);
        Assert.Equal(direct.CookielessId, (await SendAsync(address: $"::ffff:{Visitor}")).CookielessId);
    }

    [Fact]
    public async Task The_country_is_known_and_the_address_is_gone()
    {
        var e = await SendAsync(address: "8.8.8.8", agent: "Mozilla/5.0");
        Assert.Equal("US", e.Country);
        await SendAsync();
        await SpoolFixture.UntilAsync(() => host.Records().Any(r => r.Kind == RecordKind.Seal));
        var files = Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("lock", StringComparison.Ordinal));
        foreach (var address in new[] { "8.8.8.8", Visitor })
        {
            Assert.All(files, f => Assert.Equal(-1, SpoolFolderReader.Bytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(address))));
            Assert.DoesNotContain(host.Log.Lines, l => l.Contains(address, StringComparison.Ordinal));
        }
        var binary = IPAddress.Parse(Visitor).MapToIPv6().GetAddressBytes();
        Assert.All(files, f => Assert.Equal(-1, SpoolFolderReader.Bytes(f).AsSpan().IndexOf(binary)));
    }

    [Fact]
    public async Task Ids_that_are_no_uuid_keep_retries_recognisable()
    {
        var first = await SendAsync(""","id":"order-1" """);
        Assert.Equal(first.Id, (await SendAsync(""","id":"order-1" """)).Id);
        Assert.NotEqual(first.Id, (await SendAsync(""","id":"order-2" """)).Id);
        Assert.NotEqual((await SendAsync()).Id, (await SendAsync()).Id);
    }

    [Fact]
    public async Task An_event_stays_within_32_KB()
    {
        var props = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"p{i}\":\"{new string('v', 1999)}\""));
        var e = await SendAsync($$""","props":{ {{props}} }""");
        Assert.Contains("props_cut", e.Notes);
        Assert.InRange(e.Props.Length, 5, 20);
        Assert.All(host.Records(), r => Assert.InRange(r.Payload.Length, 0, EventLimits.EventBytes));
    }
}
