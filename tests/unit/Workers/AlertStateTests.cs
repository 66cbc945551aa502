using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Reports;
using SaaS.Analytics.Workers.Alerts;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>When alerts open, stay, are kept quiet and end.</summary>
public sealed class AlertStateTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly DateTime Now = TestChunk.Millisecond(DateTime.UtcNow);
    static readonly AlertMessages Messages = new(Options.Create(new PortalAddress()));

    [Fact]
    public async Task A_number_resolved_by_hand_is_told_again_only_after_the_rule_once_did_not_hold()
    {
        var rule = await RuleAsync("threshold", "{}");
        await LookAsync(rule, true, 0);
        await SetAsync(rule, AlertStates.Resolved);
        await LookAsync(rule, true, 10);
        Assert.Equal([AlertStates.Resolved], await StatesAsync(rule));
        await LookAsync(rule, false, 20);
        await LookAsync(rule, true, 30);
        Assert.Equal([AlertStates.Resolved, AlertStates.Open], await StatesAsync(rule));
        await LookAsync(rule, false, 40);
        Assert.Equal([AlertStates.Resolved, AlertStates.Resolved], await StatesAsync(rule));
    }

    [Fact]
    public async Task A_muted_number_stays_muted_when_it_ends_and_begins_again()
    {
        var rule = await RuleAsync("threshold", "{}");
        await LookAsync(rule, true, 0);
        await SetAsync(rule, AlertStates.Muted);
        foreach (var second in (int[])[10, 20, 30]) await LookAsync(rule, second != 20, second);
        Assert.Equal([AlertStates.Muted], await StatesAsync(rule));
        await using var db = stack.Database();
        Assert.Equal(["Fired", "Fired again, muted"], await db.AlertNotes.Where(n => n.TenantId == rule.Rule.TenantId).OrderBy(n => n.At).Select(n => n.What).ToListAsync());
        Assert.Equal(1, await db.AlertDeliveries.CountAsync(d => d.TenantId == rule.Rule.TenantId));
    }

    [Fact]
    public async Task A_number_that_goes_to_and_fro_is_told_once_in_its_quiet_time_and_again_after_it()
    {
        var rule = await RuleAsync("threshold", """{"quiet_rule":"30"}""");
        for (var second = 0; second < 200; second += 20)
        {
            await LookAsync(rule, true, second);
            await LookAsync(rule, false, second + 10);
        }
        Assert.Equal([AlertStates.Resolved], await StatesAsync(rule));
        await LookAsync(rule, true, 29 * 60);
        Assert.Equal([AlertStates.Resolved], await StatesAsync(rule));
        await LookAsync(rule, true, 30 * 60 + 10);
        Assert.Equal([AlertStates.Resolved, AlertStates.Open], await StatesAsync(rule));
    }

    [Fact]
    public async Task A_number_ends_with_its_rule_and_is_told_again_when_the_rule_is_on_again()
    {
        var (off, gone, on) = (await RuleAsync("threshold", "{}"), await RuleAsync("threshold", "{}"), await RuleAsync("threshold", "{}"));
        foreach (var rule in (FiringRule[])[off, gone, on]) await LookAsync(rule, true, 0);
        await using (var db = stack.Database())
        {
            await db.AlertRules.Where(r => r.Id == off.Rule.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Enabled, false));
            await db.AlertRules.Where(r => r.Id == gone.Rule.Id).ExecuteDeleteAsync();
        }
        await Ends(Now).ResolveAsync(default);
        Assert.Equal([AlertStates.Resolved], await StatesAsync(off));
        Assert.Equal([AlertStates.Resolved], await StatesAsync(gone));
        Assert.Equal([AlertStates.Open], await StatesAsync(on));
        await LookAsync(off, true, 100);
        Assert.Equal([AlertStates.Resolved, AlertStates.Open], await StatesAsync(off));
    }

    [Fact]
    public async Task An_alert_about_a_visit_ends_half_an_hour_after_the_visit_unless_somebody_has_it_in_hand()
    {
        var rule = await RuleAsync("event", """{"event":"purchase"}""");
        var (over, going, taken) = (Visit(rule, 11, -90), Visit(rule, 12, -90), Visit(rule, 13, -90));
        await stack.Store.Store.Visits.InsertAsync([Row(over, -31), Row(going, -29), Row(taken, -31)], default);
        foreach (var visit in (VisitAlert[])[over, going, taken]) await KeepAsync(visit);
        await using var db = stack.Database();
        var theirs = await db.Alerts.SingleAsync(a => a.RuleId == rule.Rule.Id && a.VisitId == 13);
        db.Add(new AlertNote { TenantId = theirs.TenantId, AlertId = theirs.Id, At = Now, By = "owner@example.com", What = "Opened again" });
        await db.SaveChangesAsync();
        await Ends(Now).ResolveAsync(default);
        Assert.Equal(["11 resolved", "12 open", "13 open"], await db.Alerts.AsNoTracking().Where(a => a.RuleId == rule.Rule.Id).OrderBy(a => a.VisitId).Select(a => a.VisitId + " " + a.State).ToListAsync());
        Assert.True(await db.AlertNotes.AnyAsync(n => n.TenantId == rule.Rule.TenantId && n.What == "Resolved: the visit has ended"));
        await Ends(Now.AddMinutes(2)).ResolveAsync(default);
        Assert.Equal(AlertStates.Resolved, await db.Alerts.AsNoTracking().Where(a => a.RuleId == rule.Rule.Id && a.VisitId == 12).Select(a => a.State).SingleAsync());
    }

    [Fact]
    public async Task After_an_alert_its_rule_is_quiet_for_its_minutes_in_whatever_order_visits_are_told()
    {
        var rule = await RuleAsync("event", """{"event":"purchase","quiet_rule":"20"}""");
        await KeepAsync(Visit(rule, 1, -30), Visit(rule, 2, -25));
        await KeepAsync(Visit(rule, 3, -12));
        await KeepAsync(Visit(rule, 4, -41));
        Assert.Equal([1], await VisitsAsync(rule));
        await KeepAsync(Visit(rule, 5, -9));
        await KeepAsync(Visit(rule, 6, -60));
        Assert.Equal([1, 5, 6], await VisitsAsync(rule));
    }

    [Fact]
    public async Task What_is_muted_about_a_visitor_is_kept_and_told_nobody_and_other_visitors_are_told()
    {
        var rule = await RuleAsync("event", """{"event":"purchase"}""");
        await KeepAsync(Visit(rule, 1, -30, visitor: 7));
        await SetAsync(rule, AlertStates.Muted);
        await KeepAsync(Visit(rule, 2, -10, visitor: 7));
        await KeepAsync(Visit(rule, 3, -5, visitor: 8));
        await using var db = stack.Database();
        Assert.Equal(["1 muted", "2 muted", "3 open"], await db.Alerts.Where(a => a.RuleId == rule.Rule.Id).OrderBy(a => a.VisitId).Select(a => a.VisitId + " " + a.State).ToListAsync());
        var told = await db.AlertDeliveries.Where(d => d.TenantId == rule.Rule.TenantId).Select(d => d.AlertId).ToListAsync();
        Assert.Equal(new[] { AlertIds.Of(rule.Rule.Id, 1ul), AlertIds.Of(rule.Rule.Id, 3ul) }.Order(), told.Order());
    }

    [Fact]
    public async Task How_many_more_visits_there_were_is_told_although_the_visitor_is_quiet()
    {
        var rule = await RuleAsync("event", """{"event":"purchase","quiet_visitor":"12"}""");
        await KeepAsync(Visit(rule, 1, -30, visitor: 7), Visit(rule, 2, -29, visitor: 7), Visit(rule, 3, -28, visitor: 7) with { More = 36 });
        await using var db = stack.Database();
        Assert.Equal([1, 3], await VisitsAsync(rule));
        Assert.True(await db.Outbox.AnyAsync(m => m.TenantId == rule.Rule.TenantId && m.Subject.EndsWith("and 36 more visits")));
    }

    [Fact]
    public async Task What_a_rule_asks_of_pasts_may_be_too_much_and_holds_up_no_other()
    {
        var asking = await RuleAsync("event", """{"event":"purchase","campaign_ever":"**"}""");
        var plain = await RuleAsync("event", """{"event":"purchase"}""");
        VisitAlert[] alerts = [Visit(asking, 1, -30), Visit(asking, 2, -29), Visit(plain, 3, -30)];
        await TestRows.InsertAsync(stack.Store.Connection, alerts.Select(Event), [Row(alerts[0], 0) with { UtmCampaign = "spring" }, Row(alerts[1], 0), Row(alerts[2], 0)]);
        await KeepAsync(new ReportLimits { Rows = 1 }, alerts);
        Assert.Empty(await VisitsAsync(asking));
        Assert.Equal([3], await VisitsAsync(plain));
        await KeepAsync(alerts);
        Assert.Equal([1], await VisitsAsync(asking));
    }

    static VisitAlert Visit(FiringRule rule, ulong id, int minutes, ulong visitor = 0) => new(
        [rule.Rule.Id], new VisitFacts { SiteId = rule.Rule.SiteId, VisitId = id, VisitorId = visitor == 0 ? id : visitor, Start = Now.AddMinutes(minutes), Number = 1 },
        "purchase", "/buy", Now.AddMinutes(minutes), Now.AddMinutes(minutes));

    static EventRow Event(VisitAlert alert) => new()
    {
        SiteId = alert.Visit.SiteId, EventId = Guid.NewGuid(), Timestamp = alert.At, ClientTimestamp = alert.At, ReceivedAt = alert.At, ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = alert.Visit.VisitorId, VisitId = alert.Visit.VisitId, Name = "purchase", Path = "/buy",
    };

    static VisitRow Row(VisitAlert alert, int endMinutes) => new()
    {
        SiteId = alert.Visit.SiteId, VisitorId = alert.Visit.VisitorId, VisitId = alert.Visit.VisitId, Version = 1, FirstReceivedAt = alert.At, Start = alert.At, End = Now.AddMinutes(endMinutes), Pageviews = 1,
    };

    AlertEnds Ends(DateTime now) => new(new Factory(stack), stack.Store.Store.Visits, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(now)));

    Task LookAsync(FiringRule rule, bool holds, int second)
    {
        var now = Now.AddSeconds(second);
        var book = new MetricAlertBook(new Factory(stack), Messages, Options.Create(new AlertingSettings()), TimeProvider.System);
        return book.SetAsync([new Looked(rule, new MetricReading(5, null, now.AddMinutes(-10), now), holds)], now, default);
    }

    VisitorHistory History(ReportLimits limits) => new(
        stack.Store.Store.Visits, new VisitorPasts(new ReportStore(stack.Store.Client, limits), TimeProvider.System), new Factory(stack), TimeProvider.System, NullLogger<VisitorHistory>.Instance);

    Task KeepAsync(params VisitAlert[] alerts) => KeepAsync(new ReportLimits(), alerts);

    Task KeepAsync(ReportLimits limits, params VisitAlert[] alerts) => new VisitAlertBook(
        new Factory(stack), History(limits), Messages,
        Options.Create(new AlertingSettings()), TimeProvider.System).KeepAsync(alerts, default);

    async Task SetAsync(FiringRule rule, string state)
    {
        await using var db = stack.Database();
        await db.Alerts.Where(a => a.RuleId == rule.Rule.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.State, state));
    }

    async Task<List<string>> StatesAsync(FiringRule rule)
    {
        await using var db = stack.Database();
        return await db.Alerts.Where(a => a.RuleId == rule.Rule.Id).OrderBy(a => a.OpenedAt).Select(a => a.State).ToListAsync();
    }

    async Task<List<long>> VisitsAsync(FiringRule rule)
    {
        await using var db = stack.Database();
        return await db.Alerts.Where(a => a.RuleId == rule.Rule.Id).OrderBy(a => a.VisitId).Select(a => a.VisitId).ToListAsync();
    }

    async Task<FiringRule> RuleAsync(string kind, string settings)
    {
        var site = await stack.SiteAsync();
        await using var db = stack.Database();
        var target = new AlertTarget { TenantId = site.TenantId, Kind = TargetKinds.Mail, Address = $"a@{site.Domain}", Token = Guid.NewGuid().ToString("n"), ConfirmedAt = Now, CreatedAt = Now };
        var rule = new AlertRule { TenantId = site.TenantId, SiteId = site.Id, Name = "R", Kind = kind, Settings = settings, Targets = [target.Id], CreatedAt = Now };
        db.AddRange(target, rule);
        await db.SaveChangesAsync();
        return new FiringRule(rule, AlertSettings.Read(settings), site.Domain, site.Name, site.TimeZone);
    }

    sealed class Factory(WorkerStack stack) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() => stack.Database();
    }
}
