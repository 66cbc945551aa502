using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;

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

    async Task<(Browser Owner, string Domain)> WithSiteAsync()
    {
        var (owner, _) = await portal.SignedInAsync();
        return (owner, await owner.AddSiteAsync());
    }
}
