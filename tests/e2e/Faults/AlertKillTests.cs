using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Whatever dies between the hit and the mail: every visit that must be told of is told of, with one Message-ID.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class AlertKillTests(FaultStack stack, ITestOutputHelper output)
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Whatever_is_killed_no_alert_is_missing_and_none_is_sent_twice_but_with_the_same_id()
    {
        await stack.MendAsync();
        output.WriteLine($"FAULT_SEED={FaultCollection.Seed}");
        var site = await FaultSite.CreateAsync(stack);
        await site.KnownAsync(stack.CollectorUrl);
        await RuleAsync(site);
        var (bought, stop) = (new ConcurrentBag<Guid>(), new CancellationTokenSource());
        var buying = BuyAsync(site, bought, stop.Token);
        var dice = new Random(FaultCollection.Seed);
        for (var round = 1; round <= FaultCollection.Rounds; round++) await RoundAsync(dice, round);
        await stop.CancelAsync();
        await buying;
        await Wait.UntilAsync($"{bought.Count} mails", async () =>
        {
            await using var db = stack.SystemDatabase();
            return await db.Alerts.CountAsync(a => a.SiteId == site.Id) >= bought.Count && !await db.Outbox.AnyAsync(m => m.SentAt == null);
        });
        await CompareAsync(site, bought.Count);
    }

    async Task CompareAsync(FaultSite site, int bought)
    {
        await using var db = stack.SystemDatabase();
        var expected = await db.AlertDeliveries.Where(d => db.Alerts.Any(a => a.Id == d.AlertId && a.SiteId == site.Id)).Select(d => d.Id).ToListAsync();
        Assert.Equal(bought, expected.Count);
        var sent = stack.Mails.Mails.Where(m => m.To.Contains(site.Domain)).Select(m => m.MessageId.Split('@')[0]).ToList();
        var twice = sent.Count - sent.Distinct().Count();
        output.WriteLine($"{bought} alerts, {sent.Count} mails taken, {twice} of them the same once more, {FaultCollection.Rounds} kills");
        Assert.Equal(expected.Select(id => $"{id:N}").Order(), sent.Distinct().Order());
        Assert.True(twice <= FaultCollection.Rounds, $"{twice} mails came twice.");
    }

    async Task RoundAsync(Random dice, int round)
    {
        var victim = round % 2 == 0 ? stack.Worker : stack.Parts[dice.Next(stack.Parts.Count)];
        await Task.Delay(dice.Next(500, 3000));
        await victim.KillAsync();
        await Task.Delay(dice.Next(1500));
        await victim.StartAsync();
        output.WriteLine($"round {round}, {victim.Name} killed");
    }

    async Task RuleAsync(FaultSite site)
    {
        await using var db = stack.SystemDatabase();
        var tenant = await db.Sites.Where(s => s.Id == site.Id).Select(s => s.TenantId).SingleAsync();
        var target = new AlertTarget
        {
            TenantId = tenant, Kind = TargetKinds.Mail, Address = $"owner@{site.Domain}", Token = Guid.NewGuid().ToString("n"), ConfirmedAt = DateTime.UtcNow, CreatedAt = DateTime.UtcNow,
        };
        db.AddRange(target, new AlertRule
        {
            TenantId = tenant, SiteId = site.Id, Name = "Purchase", Kind = AlertKinds.Event.Key, Settings = """{"event":"purchase"}""", Targets = [target.Id], CreatedAt = DateTime.UtcNow,
        });
        await db.SaveChangesAsync();
        // Workers hear of a rule at once, at the latest after 30 s.
        await Task.Delay(TimeSpan.FromSeconds(3));
    }

    /// <summary>Somebody new buys something every quarter of a second, and sends it until it is answered 202.</summary>
    async Task BuyAsync(FaultSite site, ConcurrentBag<Guid> bought, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.NewGuid();
            var body = $$"""{"writeKey":"{{site.TrackingId}}","batch":[{"id":"{{id}}","name":"purchase","visitorId":"{{id}}","url":"https://{{site.Domain}}/buy","timestamp":"{{DateTime.UtcNow:O}}"}]}""";
            while (!await SendAsync(http, body)) await Task.Delay(Between, CancellationToken.None);
            bought.Add(id);
            await Task.Delay(Between, CancellationToken.None);
        }
    }

    async Task<bool> SendAsync(HttpClient http, string body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stack.CollectorUrl, "/v1/batch")) { Content = new StringContent(body) };
            request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36");
            request.Headers.TryAddWithoutValidation("Accept-Language", "de");
            using var answer = await http.SendAsync(request);
            return answer.StatusCode == HttpStatusCode.Accepted;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
