using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Reports;

public sealed class MailPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Theory]
    // 2026-11-27 is a Friday.
    [InlineData(ReportCadence.Weekly, "2026-11-27", "2026-11-16", "2026-11-22")]
    [InlineData(ReportCadence.Weekly, "2026-11-23", "2026-11-16", "2026-11-22")]
    [InlineData(ReportCadence.Weekly, "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData(ReportCadence.Monthly, "2026-03-01", "2026-02-01", "2026-02-28")]
    [InlineData(ReportCadence.Monthly, "2026-01-31", "2025-12-01", "2025-12-31")]
    public void A_mail_is_about_the_last_whole_week_or_month(ReportCadence cadence, string today, string first, string last) =>
        Assert.Equal((DateOnly.Parse(first, null), DateOnly.Parse(last, null)), ReportLetter.Period(cadence, DateOnly.Parse(today, null)));

    [Fact]
    public async Task A_receiver_is_added_once_and_may_stop_the_mails_without_an_account()
    {
        var (owner, _) = await portal.SignedInAsync();
        var page = $"/sites/{await owner.AddSiteAsync()}/email-reports";
        Assert.Contains("Nobody gets the numbers", (await owner.GetAsync(page)).Main);
        Assert.Contains("This is no e-mail address.", (await AddAsync(owner, page, "nobody")).Main);
        await AddAsync(owner, page, "boss@example.com");
        Assert.Contains("gets these mails already", (await AddAsync(owner, page, "boss@example.com")).Main);
        await using var db = portal.Everything();
        var domain = page.Split('/')[2];
        var mail = await db.ReportMails.SingleAsync(m => db.Sites.Any(s => s.Id == m.SiteId && s.Domain == domain));
        var stranger = new Browser(portal.Url);
        var stop = $"/unsubscribe/{mail.Secret}";
        Assert.Contains("Stop these mails?", (await stranger.GetAsync(stop)).Main);
        Assert.Equal(1, await db.ReportMails.CountAsync(m => m.Id == mail.Id));
        Assert.Contains("The mails have stopped", (await stranger.SendAsync(stop, [])).Main);
        Assert.Equal(0, await db.ReportMails.CountAsync(m => m.Id == mail.Id));
        Assert.Contains("There is nothing to stop", (await stranger.GetAsync($"/unsubscribe/{Guid.NewGuid()}")).Main);
    }

    [Fact]
    public async Task Another_tenant_sees_and_removes_nothing_of_it()
    {
        var (owner, _) = await portal.SignedInAsync();
        var page = $"/sites/{await owner.AddSiteAsync()}/email-reports";
        await AddAsync(owner, page, "secret@example.com");
        var (stranger, _) = await portal.SignedInAsync();
        var theirs = $"/sites/{await stranger.AddSiteAsync()}/email-reports";
        Assert.Equal(404, (int)(await stranger.GetAsync(page)).Status);
        await using var db = portal.Everything();
        var mail = await db.ReportMails.SingleAsync(m => m.Address == "secret@example.com");
        await stranger.SendAsync(theirs + "?handler=remove", new() { ["id"] = mail.Id.ToString() }, theirs);
        Assert.Equal(1, await db.ReportMails.CountAsync(m => m.Id == mail.Id));
    }

    static Task<Answer> AddAsync(Browser owner, string page, string address) => owner.SendAsync(page, new() { ["Address"] = address, ["Cadence"] = "Weekly" });
}
