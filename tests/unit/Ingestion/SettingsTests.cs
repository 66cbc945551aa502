using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Ingestion:SpoolDirectory", "", "Ingestion__SpoolDirectory")]
    [InlineData("Ingestion:TrustedProxies", "everyone", "Ingestion__TrustedProxies")]
    [InlineData("Ingestion:CollectorId", "Not Allowed!", "Ingestion__CollectorId")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string key, string value, string named)
    {
        var e = await Assert.ThrowsAnyAsync<OptionsValidationException>(async () => await (await CollectorHost.StartAsync(settings: (key, value))).DisposeAsync());
        Assert.Contains(named, e.Message);
    }

    [Fact]
    public async Task A_full_spool_answers_503_with_a_time_to_come_back()
    {
        await using var host = await CollectorHost.StartAsync(settings: ("Ingestion:SpoolMinFreeBytes", "9223372036854775807"));
        using var response = await host.PostAsync($$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"x"}]}""");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.GetValues("Retry-After").Single());
        Assert.Empty(host.Records());
        using var ready = await host.Client.GetAsync("/health/ready");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }
}
