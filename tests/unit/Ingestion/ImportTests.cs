using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class ImportTests
{
    const int Days = 500;

    [Theory]
    [InlineData(null, 30)]
    [InlineData(CollectorHost.ServerKey, 30)]
    [InlineData(CollectorHost.ImportKey, Days)]
    public async Task Of_500_events_on_500_days_those_inside_the_bound_pass_and_with_an_import_key_all(string? key, int accepted)
    {
        await using var host = await CollectorHost.StartAsync();
        using var answer = await host.PostAsync(FiveHundredDays(), request =>
        {
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(accepted, told.GetProperty("accepted").GetInt32());
        var rejected = told.GetProperty("rejected").EnumerateArray().ToList();
        Assert.Equal(Days - accepted, rejected.Count);
        Assert.All(rejected, r => Assert.Equal("too_old", r.GetProperty("code").GetString()));
        Assert.Equal(accepted, host.Records().Events().Count());
    }

    /// <summary>The newest an hour old.</summary>
    static string FiveHundredDays()
    {
        var newest = DateTime.UtcNow.AddHours(-1);
        return JsonSerializer.Serialize(new
        {
            writeKey = CollectorHost.TrackingId,
            batch = Enumerable.Range(0, Days).Select(d => new { id = Guid.NewGuid(), name = "signup", visitorId = "v1", timestamp = newest.AddDays(-d) }),
        });
    }
}
