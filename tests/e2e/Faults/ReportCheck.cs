using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Compares what the query API answers with the recount.</summary>
static class ReportCheck
{
    static readonly string[] Metrics = ["visitors", "visits", "pageviews", "events"];

    public static async Task<string?> DifferenceAsync(FaultStack stack, FaultSite site, IReadOnlyCollection<CountedVisit> visits)
    {
        double[] counted =
        [
            visits.Select(v => v.Person).Distinct().Count(), visits.Count,
            visits.Sum(v => v.Events.Count(e => e.IsPageView)), visits.Sum(v => v.Events.Count),
        ];
        var reported = await QueryAsync(stack, site);
        if (reported is null) return $"site {site.Id}: no report";
        return reported.SequenceEqual(counted) ? null
            : $"site {site.Id}: {string.Join('/', Metrics)} is {string.Join('/', reported)} in the report, {string.Join('/', counted)} in truth";
    }

    /// <returns>Null where a store is away, which the portal says itself.</returns>
    static async Task<double[]?> QueryAsync(FaultStack stack, FaultSite site)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", site.ApiKey);
        string[] days = [Day(-2), Day(1)];
        using var answer = await http.PostAsJsonAsync(
            new Uri(stack.PortalUrl, "/api/v2/query"), new { site_id = site.TrackingId, date_range = days, metrics = Metrics });
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        Assert.True(answer.IsSuccessStatusCode, $"The portal answers {(int)answer.StatusCode}: {text}");
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("results")[0].GetProperty("metrics").EnumerateArray().Select(m => m.GetDouble())];
    }

    static string Day(int offset) => DateTime.UtcNow.AddDays(offset).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
