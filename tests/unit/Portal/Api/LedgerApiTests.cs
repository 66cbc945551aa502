using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Api;

public sealed class LedgerApiTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    static readonly DateTime Minute = new(2026, 5, 4, 12, 30, 0, DateTimeKind.Utc);
    const string Hour = "from=2026-05-04T12:00:00Z&to=2026-05-04T13:00:00Z";

    [Fact]
    public async Task Every_event_received_is_one_of_the_terms()
    {
        var (site, key) = await SiteAsync("ledger.example");
        await WriteAsync(site, (Outcomes.Received, "", 100), (Outcomes.Stored, "", 70), (Outcomes.Duplicate, "", 8), (Outcomes.Invalid, "too_old", 2), (Outcomes.Excluded, "foreign_host", 5));
        await FlyAsync(site, 15);
        var answer = await AskAsync(key, $"site_id={site.Domain}&{Hour}");
        Assert.Equal(
            """{"received":100,"stored":70,"duplicate":8,"excluded":5,"invalid":2,"over_quota":0,"dead":0,"in_flight":15,"imbalance":0}""",
            answer.GetProperty("totals").GetRawText());
        Assert.Equal("""[{"outcome":"excluded","reason":"foreign_host","events":5},{"outcome":"invalid","reason":"too_old","events":2}]""", answer.GetProperty("reasons").GetRawText());
        var step = Assert.Single(answer.GetProperty("steps").EnumerateArray());
        Assert.Equal(Minute, step.GetProperty("at").GetDateTime());
    }

    [Fact]
    public async Task What_is_missing_shows_as_imbalance()
    {
        var (site, key) = await SiteAsync("missing.example");
        await WriteAsync(site, (Outcomes.Received, "", 10), (Outcomes.Stored, "", 7));
        var answer = await AskAsync(key, $"site_id={site.TrackingId}&{Hour}&step=hour");
        Assert.Equal(3, answer.GetProperty("totals").GetProperty("imbalance").GetInt64());
    }

    [Fact]
    public async Task Another_tenants_ledger_is_not_there()
    {
        var (site, _) = await SiteAsync("theirs.example");
        var (_, key) = await SiteAsync("ours.example");
        var answer = await AskAsync(key, $"site_id={site.TrackingId}", HttpStatusCode.NotFound);
        Assert.Equal("site_id", answer.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=1", "to")]
    [InlineData("step=week", "step")]
    [InlineData("from=2026-05-04T12:00:00Z&to=2026-05-04T12:00:00Z", "from")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-05-04T12:00:00Z", "step")]
    public async Task Wrong_values_are_named(string query, string field)
    {
        var (site, key) = await SiteAsync($"wrong{field}{query.Length}.example");
        var answer = await AskAsync(key, $"site_id={site.Domain}&{query}", HttpStatusCode.BadRequest);
        Assert.Equal(field, answer.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Without_a_key_there_is_nothing() => await AskAsync("sk_nobody", "site_id=x", HttpStatusCode.Unauthorized);

    async Task<(Site Site, string Key)> SiteAsync(string domain)
    {
        var (site, _) = await world.NewTenantAsync(domain);
        return (site, await world.NewKeyAsync(site, "stats:read"));
    }

    Task WriteAsync(Site site, params (string Outcome, string Reason, int Events)[] rows)
    {
        var chunk = Guid.CreateVersion7();
        return world.Portal.Services.GetRequiredService<LedgerStore>().InsertAsync(
            [.. rows.Select(r => new LedgerRow(site.Id, Minute, chunk, r.Outcome, r.Reason, r.Events))], CancellationToken.None);
    }

    /// <summary>A chunk that is sealed and not finished.</summary>
    async Task FlyAsync(Site site, int events)
    {
        await using var db = await world.Portal.Services.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();
        var counts = JsonSerializer.Serialize<ReceiptCount[]>([new(site.Id, Minute, events, [])]);
        db.Chunks.Add(new ChunkState { CorrelationId = Guid.CreateVersion7(), CurrentState = "Sealed", SealedAt = Minute, Events = events, Counts = counts });
        await db.SaveChangesAsync();
    }

    async Task<JsonElement> AskAsync(string key, string query, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{world.Portal.Urls.First()}/api/v1/ledger?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }
}
