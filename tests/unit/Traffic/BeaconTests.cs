using System.Net;
using SaaS.Analytics.Events;
using SaaS.Analytics.Tests.Ingestion;
using SaaS.Analytics.Traffic;
using SaaS.Analytics.Traffic.Live;
using SaaS.Analytics.Traffic.Profiles;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>What live traffic sends is in the collector's spool as it was generated.</summary>
public sealed class BeaconTests
{
    const int Visits = 60;

    [Fact]
    public async Task A_collector_reads_what_a_visit_meant()
    {
        await using var collector = await CollectorHost.StartAsync();
        var visits = Made();
        var target = new LiveTarget(collector.Client.BaseAddress!, CollectorHost.TrackingId);
        foreach (var visit in visits)
        {
            using var request = Beacon.Request(target, visit, visit.Events, DateTime.UtcNow);
            using var answer = await collector.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        var read = collector.Records().Events().ToDictionary(e => e.Id);
        Assert.Empty(collector.Records().Drops());
        Assert.Equal(visits.Sum(v => v.Events.Count), read.Count);
        Assert.All(visits.SelectMany(v => v.Events), sent => Assert.Equal(Meaning(sent), Meaning(read[sent.Id])));
    }

    /// <summary>Visits of every kind of event, long enough ago that none of them lies in the future.</summary>
    static List<Visit> Made()
    {
        var dice = new Dice(5);
        var (profile, people) = (ShopProfile.Create(), new People(ShopProfile.Create(), 5));
        var generator = new VisitGenerator(CollectorHost.Site.Id, profile);
        var start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).UtcDateTime.AddHours(-24);
        var visits = Enumerable.Range(0, 400).Select(n => generator.Create(people.Get(n), profile.Sources[n % profile.Sources.Count], start, dice)).ToList();
        return [.. visits.Where(v => v.Revenue > 0 || v.Events.Exists(e => e.Name == EventNames.AdClick)).Concat(visits).DistinctBy(v => v.Person.Key).Take(Visits)];
    }

    static object Meaning(CollectedEvent e) => (
        (e.Name, e.Timestamp, e.ClientTimestamp, e.Url, e.Referrer, e.Title),
        (e.Mode, e.ConsentedId, e.Consent, e.Country, e.UserAgent, e.Language, e.Screen, e.TimeZone),
        (e.Revenue, e.Currency, e.Interactive, e.EngagementMs, e.ScrollDepth, e.PageViewId, e.AdId, e.AdCampaignId, e.AdPlacement),
        string.Join('&', e.Props.Select(p => $"{p.Key}={p.Value}")), string.Join(',', e.Notes));
}
