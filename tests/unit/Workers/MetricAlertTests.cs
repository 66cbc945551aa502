using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Alerts;

namespace SaaS.Analytics.Tests.Workers;

public sealed class MetricAlertTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    [Fact]
    public async Task A_threshold_opens_one_alert_and_resolves_by_itself()
    {
        var site = await stack.SiteAsync();
        var rule = await RuleAsync(site, "threshold", """{"metric":"visitors","window":"10","compare":"at_least","value":"3"}""");
        await using var host = await WorkerHost.StartAsync(stack);
        var now = TestChunk.Millisecond(DateTime.UtcNow);
        var chunk = TestChunk.Of(site, 0, visitors: 3, now.AddMinutes(-1));
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        await SeenAsync(site);
        await Eventually.TrueAsync(() => StateIsAsync(rule, "open"), "open");
        await host.Get<MetricWatch>().LookAsync(now, default);
        Assert.Equal(1, await stack.Database().Alerts.CountAsync(a => a.RuleId == rule));
        await host.Get<MetricWatch>().LookAsync(now.AddMinutes(30), default);
        Assert.True(await StateIsAsync(rule, "resolved"));
    }

    [Fact]
    public async Task Silence_is_told_once_and_ends_when_events_come()
    {
        var site = await stack.SiteAsync();
        var rule = await RuleAsync(site, "no_data", """{"minutes":"10"}""");
        await SeenAsync(site);
        await using var host = await WorkerHost.StartAsync(stack);
        await Eventually.TrueAsync(() => StateIsAsync(rule, "open"), "open");
        var chunk = TestChunk.Of(site, 0, visitors: 1, TestChunk.Millisecond(DateTime.UtcNow).AddSeconds(-30));
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        await Eventually.TrueAsync(() => StateIsAsync(rule, "resolved"), "resolved");
        Assert.Equal(1, await stack.Database().Alerts.CountAsync(a => a.RuleId == rule));
    }

    [Fact]
    public async Task An_hour_far_from_what_is_usual_then_is_told_with_what_is_usual()
    {
        var site = await stack.SiteAsync();
        await using var host = await WorkerHost.StartAsync(stack);
        var end = DateTime.UtcNow.Date.AddHours(DateTime.UtcNow.Hour);
        foreach (var days in (int[])[7, 14, 21, 28])
        {
            var chunk = TestChunk.Of(site, 0, visitors: 40, end.AddMinutes(-30).AddDays(-days));
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
        }
        await SeenAsync(site);
        var rule = await RuleAsync(site, "anomaly", """{"metric":"pageviews","direction":"down","strictness":"4","minimum":"20"}""");
        var other = await RuleAsync(site, "anomaly", """{"metric":"pageviews","direction":"up","strictness":"4","minimum":"20"}""");
        await host.Get<MetricWatch>().LookAsync(end.AddSeconds(40), default);
        await using var db = stack.Database();
        var alert = await db.Alerts.SingleAsync(a => a.RuleId == rule);
        Assert.Equal("R: 0 page views in an hour, 41 are usual then", alert.Title);
        Assert.Contains(JsonSerializer.Deserialize<MetricReading>(alert.Facts)!.Because, part => part is { Name: "Channel", Now: 0, Usual: 41 });
        Assert.False(await db.Alerts.AnyAsync(a => a.RuleId == other));
        await host.Get<MetricWatch>().LookAsync(end.AddHours(1).AddSeconds(40), default);
        Assert.True(await StateIsAsync(rule, "resolved"));
    }

    async Task<bool> StateIsAsync(Guid rule, string state)
    {
        await using var db = stack.Database();
        return await db.Alerts.AnyAsync(a => a.RuleId == rule && a.State == state);
    }

    async Task SeenAsync(Site site)
    {
        await using var db = stack.Database();
        await db.Sites.Where(s => s.Id == site.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, DateTime.UtcNow));
    }

    async Task<Guid> RuleAsync(Site site, string kind, string settings)
    {
        await using var db = stack.Database();
        var rule = new AlertRule { TenantId = site.TenantId, SiteId = site.Id, Name = "R", Kind = kind, Settings = settings, CreatedAt = DateTime.UtcNow };
        db.Add(rule);
        await db.SaveChangesAsync();
        return rule.Id;
    }
}
