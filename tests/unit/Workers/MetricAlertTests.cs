using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Reports;
using SaaS.Analytics.Workers.Alerts;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Tests.Workers;

public sealed class MetricAlertTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

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

    [Theory]
    [InlineData("visitors", "10", "at_least", 4, 5)]
    [InlineData("visits", "10", "at_least", 4, 5)]
    [InlineData("pageviews", "5", "at_most", 5, 4)]
    [InlineData("events", "30", "at_least", 9, 10)]
    [InlineData("event_count", "60", "at_least", 2, 3)]
    [InlineData("visitors", "10", "rises", 100, 101)]
    [InlineData("pageviews", "10", "rises", 150, 151)]
    [InlineData("pageviews", "10", "falls", 100, 101, 20)]
    [InlineData("visitors", "hour", "at_least", 2, 3)]
    [InlineData("pageviews", "hour", "rises", 150, 151, 60)]
    [InlineData("pageviews", "day", "at_least", 3, 4)]
    public async Task Each_number_of_each_time_is_compared_as_the_rule_says(string metric, string window, string compare, int holds, int holdsNot, int minutes = 10)
    {
        var site = await CountedAsync();
        var store = new ReportStore(stack.Store.Client);
        foreach (var value in (int[])[holds, holdsNot])
        {
            var settings = $$"""{"metric":"{{metric}}","event":"signup","window":"{{window}}","compare":"{{compare}}","value":"{{value}}"}""";
            var rule = new AlertRule { TenantId = site.TenantId, SiteId = site.Id, Name = "R", Kind = "threshold", Settings = settings, CreatedAt = Noon };
            var firing = new FiringRule(rule, AlertSettings.Read(settings), site.Domain, site.Name, site.TimeZone);
            var numbers = new AlertNumbers(new LiveMetrics(store), new ChangeParts(store));
            var looked = Assert.Single(await numbers.ReadAsync([(firing, MetricWindow.Of(firing, Noon.AddMinutes(minutes).AddSeconds(31)))], default));
            Assert.Equal(value == holds, looked.Holds);
        }
    }

    /// <summary>Yesterday three page views of one visitor; at five to twelve one each of two; at six past twelve five and two sign-ups of four.</summary>
    async Task<Site> CountedAsync()
    {
        var site = await stack.SiteAsync();
        EventRow Of(ulong visitor, DateTime at, string name = "pageview") => new()
        {
            SiteId = site.Id, EventId = Guid.NewGuid(), Timestamp = at, ClientTimestamp = at, ReceivedAt = at, ChunkId = Guid.Empty, ChunkIndex = 0, VisitorId = visitor, VisitId = visitor + 10, Name = name,
        };
        var (before, after) = (Noon.AddMinutes(-5), Noon.AddMinutes(6));
        await TestRows.InsertAsync(stack.Store.Connection,
        [
            .. Enumerable.Range(0, 3).Select(i => Of(1, Noon.AddHours(i - 27))), Of(1, before), Of(2, before),
            Of(1, after), Of(2, after), Of(3, after), Of(4, after), Of(1, after), Of(1, after, "signup"), Of(1, after, "signup"),
        ], []);
        return site;
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
    public async Task Only_chunks_of_the_sites_partition_that_wait_since_the_minutes_of_the_rule_keep_silence_from_being_told()
    {
        var site = await stack.SiteAsync();
        var rule = await RuleAsync(site, "no_data", """{"minutes":"10"}""");
        var now = TestChunk.Millisecond(DateTime.UtcNow);
        var waiting = await ChunkAsync(0, now.AddMinutes(-5), null);
        await SeenAsync(site);
        await using var host = await WorkerHost.StartAsync(stack);
        await Eventually.TrueAsync(() => host.Get<OwnedPartitions>().Owns(0), "the partition is owned");
        await host.Get<MetricWatch>().LookAsync(now, default);
        Assert.False(await StateIsAsync(rule, "open"));
        Guid[] others = [await ChunkAsync(1, now.AddMinutes(-5), null), await ChunkAsync(0, now.AddHours(-3), null), await ChunkAsync(0, now.AddMinutes(-5), now.AddMinutes(-4))];
        await using var db = stack.Database();
        await db.Chunks.Where(c => c.CorrelationId == waiting).ExecuteDeleteAsync();
        await host.Get<MetricWatch>().LookAsync(now, default);
        Assert.True(await StateIsAsync(rule, "open"));
        await db.Chunks.Where(c => others.Contains(c.CorrelationId)).ExecuteDeleteAsync();
    }

    [Fact]
    public async Task Outside_its_hours_a_rule_opens_nothing_and_what_is_open_stays_until_it_is_over()
    {
        var site = await stack.SiteAsync();
        var now = TestChunk.Millisecond(DateTime.UtcNow);
        var hours = $"{now.AddHours(-2):HH:mm}-{now.AddMinutes(4):HH:mm}";
        const string asked = "\"metric\":\"visitors\",\"window\":\"60\",\"compare\":\"at_least\",\"value\":\"3\",\"quiet_rule\":\"1000\"";
        await using var host = await WorkerHost.StartAsync(stack);
        var chunk = TestChunk.Of(site, 0, visitors: 3, now.AddMinutes(-1));
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        await SeenAsync(site);
        var rule = await RuleAsync(site, "threshold", $$"""{ {{asked}},"hours":"{{hours}}"}""");
        var other = await RuleAsync(site, "threshold", $$"""{ {{asked}},"hours":"{{now.AddHours(5):HH:mm}}-{{now.AddHours(6):HH:mm}}"}""");
        await host.Get<MetricWatch>().LookAsync(now, default);
        Assert.True(await StateIsAsync(rule, "open"));
        await host.Get<MetricWatch>().LookAsync(now.AddMinutes(10), default);
        Assert.True(await StateIsAsync(rule, "open"));
        await host.Get<MetricWatch>().LookAsync(now.AddMinutes(90), default);
        Assert.True(await StateIsAsync(rule, "resolved"));
        await using var db = stack.Database();
        Assert.False(await db.Alerts.AnyAsync(a => a.RuleId == other));
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

    async Task<Guid> ChunkAsync(int partition, DateTime sealedAt, DateTime? storedAt)
    {
        await using var db = stack.Database();
        var chunk = new ChunkState { CorrelationId = Guid.CreateVersion7(), CurrentState = storedAt is null ? "Sealed" : "Telling", Partition = partition, SealedAt = sealedAt, StoredAt = storedAt };
        db.Add(chunk);
        await db.SaveChangesAsync();
        return chunk.CorrelationId;
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
