using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal;

public sealed class AlertPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_rule_is_made_from_a_template_changed_and_turned_off()
    {
        var (owner, domain) = await WithSiteAsync();
        var (list, make) = ($"/sites/{domain}/alerts", $"/sites/{domain}/alerts/new?template=visitor-returns");
        Assert.Contains("There is none yet", (await owner.GetAsync(list)).Body);
        var answer = await owner.SendAsync(make, Fields(("name", "Back"), ("away", "3")));
        Assert.Equal(list, answer.Location);
        await using var db = portal.Everything();
        var rule = await db.AlertRules.SingleAsync(r => r.Name == "Back" && db.Sites.Any(s => s.Id == r.SiteId && s.Domain == domain));
        Assert.Equal("3", AlertSettings.Read(rule.Settings).Text("away"));
        Assert.Contains("A known visitor returns after at least 3 days.", (await owner.GetAsync(list)).Main);
        await owner.SendAsync(list + "?handler=switch", new() { ["id"] = rule.Id.ToString(), ["on"] = "false" }, list);
        Assert.False((await db.AlertRules.AsNoTracking().SingleAsync(r => r.Id == rule.Id)).Enabled);
        var (stranger, theirs) = await WithSiteAsync();
        Assert.Equal(404, (int)(await stranger.GetAsync($"/sites/{theirs}/alerts/{rule.Id}")).Status);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_stays_in_the_form()
    {
        var (owner, domain) = await WithSiteAsync();
        var answer = await owner.SendAsync($"/sites/{domain}/alerts/new?template=visitor-returns", Fields(("name", ""), ("away", "often"), ("country", "Germany")));
        Assert.Contains("Name the rule", answer.Body);
        Assert.Contains("Away for at least: a number", answer.Body);
        Assert.Contains("two letters", answer.Body);
        Assert.Equal("often", answer.Html.QuerySelector("#away")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_address_is_told_nothing_before_it_has_confirmed_and_can_stop()
    {
        var (owner, _) = await WithSiteAsync();
        var address = $"{Guid.NewGuid():n}@example.com";
        Assert.Contains("Enter an e-mail address", (await owner.SendAsync("/account/receivers?handler=mail", new() { ["Address"] = "nobody" }, "/account/receivers")).Body);
        await owner.SendAsync("/account/receivers?handler=mail", new() { ["Address"] = address }, "/account/receivers");
        await using var db = portal.Everything();
        Task<AlertTarget> TargetAsync() => db.AlertTargets.AsNoTracking().SingleAsync(t => t.Address == address);
        Assert.Null((await TargetAsync()).ConfirmedAt);
        var stranger = portal.NewBrowser();
        var link = PortalHost.LinkIn((await portal.MailsToAsync(address)).Single());
        await stranger.GetAsync(link);
        Assert.Null((await TargetAsync()).ConfirmedAt);
        await stranger.SendAsync(link, new());
        var target = await TargetAsync();
        Assert.NotNull(target.ConfirmedAt);
        Assert.Equal(404, (int)(await stranger.GetAsync("/alerts/stop?token=none")).Status);
        await stranger.PostAsync($"/alerts/stop?token={target.Token}", new() { ["List-Unsubscribe"] = "One-Click" });
        Assert.NotNull((await TargetAsync()).StoppedAt);
        Task<Answer> AskAsync() => owner.SendAsync("/account/receivers?handler=ask", new() { ["id"] = target.Id.ToString() }, "/account/receivers");
        Assert.Contains("Ask again", (await owner.GetAsync("/account/receivers")).Main);
        await AskAsync();
        Assert.Single(await portal.MailsToAsync(address));
        await db.Database.ExecuteSqlAsync($"UPDATE outbox_mails SET created_at = now() - interval '25 hours' WHERE \"to\" = {address}");
        await AskAsync();
        Assert.Equal(2, (await portal.MailsToAsync(address)).Length);
        Assert.Equal((null, true), ((await TargetAsync()).ConfirmedAt, (await TargetAsync()).StoppedAt is not null));
        await stranger.SendAsync(link, new());
        Assert.Equal((true, null), ((await TargetAsync()).ConfirmedAt is not null, (await TargetAsync()).StoppedAt));
    }

    [Fact]
    public async Task A_member_who_stopped_all_mails_takes_that_back_alone()
    {
        var (owner, site, rule, target) = await WithRuleAsync();
        await using var db = portal.Everything();
        await db.AlertTargets.Where(t => t.Id == target.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.StoppedAt, DateTime.UtcNow));
        var other = new AlertTarget { TenantId = site.TenantId, Kind = TargetKinds.Member, UserId = await AnotherUserAsync(), Token = Guid.NewGuid().ToString("n"), ConfirmedAt = DateTime.UtcNow, StoppedAt = DateTime.UtcNow, CreatedAt = DateTime.UtcNow };
        db.Add(other);
        await db.SaveChangesAsync();
        Assert.Contains("Get alerts again", (await owner.GetAsync("/account/receivers")).Main);
        foreach (var id in (Guid[])[target.Id, other.Id]) await owner.SendAsync("/account/receivers?handler=ask", new() { ["id"] = id.ToString() }, "/account/receivers");
        Assert.Equal([other.Id], await db.AlertTargets.Where(t => t.TenantId == site.TenantId && t.StoppedAt != null).Select(t => t.Id).ToListAsync());
        Assert.Equal(site.Id, rule.SiteId);
    }

    [Fact]
    public async Task One_click_in_a_mail_takes_its_receiver_out_of_its_rule_and_no_other()
    {
        var (_, _, rule, target) = await WithRuleAsync();
        var (_, _, others, _) = await WithRuleAsync();
        await portal.NewBrowser().PostAsync($"/alerts/stop?token={target.Token}&rule={rule.Id}", new() { ["List-Unsubscribe"] = "One-Click" });
        await portal.NewBrowser().PostAsync($"/alerts/stop?token={target.Token}&rule={others.Id}", new() { ["List-Unsubscribe"] = "One-Click" });
        await using var db = portal.Everything();
        Assert.Empty((await db.AlertRules.SingleAsync(r => r.Id == rule.Id)).Targets);
        Assert.Single((await db.AlertRules.SingleAsync(r => r.Id == others.Id)).Targets);
        Assert.Null((await db.AlertTargets.SingleAsync(t => t.Id == target.Id)).StoppedAt);
    }

    [Fact]
    public async Task A_test_goes_to_the_receivers_starts_no_quiet_time_and_has_a_quota_of_its_own()
    {
        var (owner, site, rule, _) = await WithRuleAsync();
        var page = $"/sites/{site.Domain}/alerts/{rule.Id}";
        Task<Answer> TestAsync() => owner.SendAsync(page + "?handler=test", new(), page);
        await using var db = portal.Everything();
        Task<int> SentAsync() => db.Outbox.CountAsync(m => m.TenantId == site.TenantId && m.Subject.StartsWith("Test: "));
        await db.Members.Where(m => m.TenantId == site.TenantId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, MemberRole.Viewer));
        await TestAsync();
        Assert.Equal(0, await SentAsync());
        await db.Members.Where(m => m.TenantId == site.TenantId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, MemberRole.Editor));
        await TestAsync();
        Assert.Contains("A test is on its way to 1", (await owner.GetAsync(page)).Body);
        Assert.Equal(1, await SentAsync());
        Assert.False(await db.Alerts.AnyAsync(a => a.RuleId == rule.Id));
        Assert.Contains("never", (await owner.GetAsync($"/sites/{site.Domain}/alerts")).Main);
        var alert = await db.Alerts.SingleAsync(a => a.TenantId == site.TenantId);
        db.AddRange(Enumerable.Range(0, 99).Select(i => Delivery(alert, TargetKinds.Webhook, Guid.NewGuid(), $"https://{i}.example")));
        await db.SaveChangesAsync();
        await TestAsync();
        Assert.Contains("100 test messages were sent in the last hour", (await owner.GetAsync(page)).Body);
        Assert.Equal(1, await SentAsync());
    }

    [Fact]
    public async Task What_was_not_sent_is_sent_again_by_whoever_may_change_alerts()
    {
        var (owner, site, rule, target) = await WithRuleAsync();
        await using var db = portal.Everything();
        var alert = Fired(site, rule.Id, 77);
        var (refused, failed, webhook) = (Delivery(alert, target.Kind, target.Id, "over"), Delivery(alert, target.Kind, Guid.NewGuid(), "failed"), Delivery(alert, TargetKinds.Webhook, Guid.NewGuid(), "https://x.example"));
        (refused.FailedAt, refused.Reason) = (DateTime.UtcNow, "used up");
        (webhook.FailedAt, webhook.Reason, webhook.Attempts) = (DateTime.UtcNow, "The receiver answers with 500.", 12);
        db.AddRange(alert, refused, failed, webhook, new OutboxMail
        {
            Id = failed.Id, TenantId = site.TenantId, To = "failed", Subject = "s", Text = "t", Html = "h", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow.AddDays(1), FailedAt = DateTime.UtcNow, LastError = "550 no such user",
        });
        await db.SaveChangesAsync();
        var page = $"/alerts/{alert.Id}";
        async Task ResendAllAsync()
        {
            foreach (var delivery in (AlertDelivery[])[refused, failed, webhook]) await owner.SendAsync(page + "?handler=resend", new() { ["delivery"] = delivery.Id.ToString() }, page);
        }
        await db.Members.Where(m => m.TenantId == site.TenantId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, MemberRole.Viewer));
        Assert.DoesNotContain("Send again", (await owner.GetAsync(page)).Main);
        await ResendAllAsync();
        await owner.SendAsync(page, new() { ["to"] = "muted" }, page);
        Assert.Equal((1, AlertStates.Open), (await db.Outbox.CountAsync(m => m.TenantId == site.TenantId), await db.Alerts.Where(a => a.Id == alert.Id).Select(a => a.State).SingleAsync()));
        await db.Members.Where(m => m.TenantId == site.TenantId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, MemberRole.Editor));
        var seen = (await owner.GetAsync(page)).Main;
        foreach (var reason in (string[])["used up", "550 no such user", "answers with 500"]) Assert.Contains(reason, seen);
        await ResendAllAsync();
        var mails = await db.Outbox.AsNoTracking().Where(m => m.TenantId == site.TenantId).ToDictionaryAsync(m => m.Id);
        Assert.Equal((null, true), (mails[failed.Id].FailedAt, mails[failed.Id].DueAt <= DateTime.UtcNow));
        Assert.Contains($"token={target.Token}&rule={rule.Id}", mails[refused.Id].UnsubscribeUrl);
        Assert.Equal(alert.Title, mails[refused.Id].Subject);
        var sent = await db.AlertDeliveries.AsNoTracking().SingleAsync(d => d.Id == webhook.Id);
        Assert.Equal((null, 0, true), (sent.FailedAt, sent.Attempts, sent.DueAt <= DateTime.UtcNow));
        await db.Outbox.Where(m => m.Id == refused.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.SentAt, DateTime.UtcNow));
        await ResendAllAsync();
        Assert.True(await db.Outbox.AnyAsync(m => m.Id == refused.Id && m.SentAt != null));
    }

    [Fact]
    public async Task Of_a_number_only_one_alert_is_opened_again()
    {
        var (owner, site, rule, _) = await WithRuleAsync();
        await using var db = portal.Everything();
        Alert[] alerts = [Fired(site, rule.Id, 0), Fired(site, rule.Id, 0)];
        foreach (var alert in alerts) alert.State = AlertStates.Resolved;
        db.AddRange(alerts);
        await db.SaveChangesAsync();
        foreach (var alert in alerts) await owner.SendAsync("/alerts?state=resolved", new() { ["ids"] = alert.Id.ToString(), ["to"] = "open" });
        Assert.Equal([AlertStates.Open, AlertStates.Resolved], await db.Alerts.AsNoTracking().Where(a => a.RuleId == rule.Id).OrderBy(a => a.State).Select(a => a.State).ToListAsync());
    }

    [Fact]
    public async Task A_rule_that_asks_for_days_says_so_where_visitors_are_known_for_one_only()
    {
        var (owner, domain) = await WithSiteAsync();
        Task<Answer> EditorAsync(string template) => owner.GetAsync($"/sites/{domain}/alerts/new?template={template}");
        Assert.NotNull((await EditorAsync("visitor-returns")).Html.QuerySelector($"[data-needs-consent] a[href='/sites/{domain}/alerts/new?template=again-today']"));
        var today = await EditorAsync("again-today");
        Assert.Null(today.Html.QuerySelector("[data-needs-consent]"));
        Assert.Equal(("1", "hours"), (today.Html.QuerySelector("#away")!.GetAttribute("value"), today.Html.QuerySelector("#away_unit option[selected]")!.GetAttribute("value")));
        await using var db = portal.Everything();
        await db.Sites.Where(s => s.Domain == domain).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConsentedByDefault, true));
        Assert.Null((await EditorAsync("visitor-returns")).Html.QuerySelector("[data-needs-consent]"));
    }

    [Fact]
    public async Task A_webhook_that_anybody_on_the_way_could_read_is_refused()
    {
        var (owner, _) = await WithSiteAsync();
        Task<Answer> AddAsync(string address) => owner.SendAsync("/account/receivers?handler=webhook", new() { ["Webhook"] = address }, "/account/receivers");
        Assert.Contains("It must be https", (await AddAsync("http://hooks.example.com/a")).Body);
        Assert.Contains("Copy the secret now", (await AddAsync("https://hooks.example.com/a")).Body);
    }

    [Fact]
    public async Task The_inbox_moves_alerts_on_with_their_history_and_shows_no_other_tenants()
    {
        var (owner, domain) = await WithSiteAsync();
        await using var db = portal.Everything();
        var site = await db.Sites.SingleAsync(s => s.Domain == domain);
        var alert = new Alert
        {
            Id = Guid.NewGuid(), TenantId = site.TenantId, SiteId = site.Id, RuleId = Guid.NewGuid(), RuleName = "R", Kind = "event", Severity = "warning", Title = "<i>Ada</i> bought",
            Facts = JsonSerializer.Serialize(new VisitAlert([], new VisitFacts { VisitId = 5, Campaign = "spring" }, "purchase", "/buy", DateTime.UtcNow, DateTime.UtcNow)), State = AlertStates.Open, OpenedAt = DateTime.UtcNow, ChangedAt = DateTime.UtcNow, VisitId = 5,
        };
        db.Add(alert);
        await db.SaveChangesAsync();
        var inbox = await owner.GetAsync("/alerts");
        Assert.Contains("<i>Ada</i> bought", inbox.Main);
        Assert.DoesNotContain("<i>Ada", inbox.Body);
        await owner.SendAsync("/alerts?state=open", new() { ["ids"] = alert.Id.ToString(), ["to"] = "acknowledged" });
        Assert.Contains("bought", (await owner.GetAsync("/alerts?state=acknowledged")).Main);
        var page = (await owner.GetAsync($"/alerts/{alert.Id}")).Main;
        Assert.Contains("Acknowledged", page);
        Assert.Contains("spring", page);
        var (stranger, _) = await WithSiteAsync();
        Assert.DoesNotContain("bought", (await stranger.GetAsync("/alerts?state=acknowledged")).Main);
        Assert.Equal(404, (int)(await stranger.GetAsync($"/alerts/{alert.Id}")).Status);
        Assert.Equal(302, (int)(await portal.NewBrowser().GetAsync("/alerts")).Status);
    }

    static Dictionary<string, string> Fields(params (string Key, string Value)[] typed)
    {
        var fields = new Dictionary<string, string>(AlertTemplate.Find("visitor-returns")!.Filled().Values);
        foreach (var (key, value) in typed) fields[key] = value;
        return fields;
    }

    static Alert Fired(Site site, Guid rule, long visit) => new()
    {
        Id = Guid.NewGuid(), TenantId = site.TenantId, SiteId = site.Id, RuleId = rule, RuleName = "R", Kind = visit == 0 ? "threshold" : "event", Severity = "warning", Title = "Ada bought",
        Facts = visit == 0 ? JsonSerializer.Serialize(new MetricReading(5, null, DateTime.UtcNow, DateTime.UtcNow))
            : JsonSerializer.Serialize(new VisitAlert([], new VisitFacts { VisitId = (ulong)visit }, "purchase", "/buy", DateTime.UtcNow, DateTime.UtcNow)),
        State = AlertStates.Open, OpenedAt = DateTime.UtcNow, ChangedAt = DateTime.UtcNow, VisitId = visit,
    };

    static AlertDelivery Delivery(Alert alert, string kind, Guid target, string address) => new()
    {
        Id = Guid.NewGuid(), TenantId = alert.TenantId, AlertId = alert.Id, TargetId = target, Kind = kind, Address = address, Body = TargetKinds.IsMail(kind) ? "" : "{}", CreatedAt = DateTime.UtcNow,
    };

    /// <summary>A rule that tells its owner.</summary>
    async Task<(Browser Owner, Site Site, AlertRule Rule, AlertTarget Target)> WithRuleAsync()
    {
        var (owner, domain) = await WithSiteAsync();
        await using var db = portal.Everything();
        var site = await db.Sites.SingleAsync(s => s.Domain == domain);
        var user = await db.Members.Where(m => m.TenantId == site.TenantId).Select(m => m.UserId).SingleAsync();
        var target = new AlertTarget { TenantId = site.TenantId, Kind = TargetKinds.Member, UserId = user, Token = Guid.NewGuid().ToString("n"), ConfirmedAt = DateTime.UtcNow, CreatedAt = DateTime.UtcNow };
        var rule = new AlertRule { TenantId = site.TenantId, SiteId = site.Id, Name = "R", Kind = "event", Settings = """{"event":"purchase"}""", Targets = [target.Id], CreatedAt = DateTime.UtcNow };
        db.AddRange(target, rule);
        await db.SaveChangesAsync();
        return (owner, site, rule, target);
    }

    async Task<Guid> AnotherUserAsync()
    {
        var (_, email) = await portal.SignedInAsync();
        await using var db = portal.Everything();
        return await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
    }

    async Task<(Browser Owner, string Domain)> WithSiteAsync()
    {
        var (owner, _) = await portal.SignedInAsync();
        return (owner, await owner.AddSiteAsync());
    }
}
