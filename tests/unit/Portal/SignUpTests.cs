using System.Net;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal;

public sealed class SignUpTests(PortalHost portal) : IClassFixture<PortalHost>
{
    readonly Browser browser = portal.NewBrowser();
    readonly string email = $"{Guid.NewGuid():n}@example.com";

    [Fact]
    public async Task Signing_up_confirming_and_signing_in_leads_to_the_first_site()
    {
        Assert.Equal("/check-mail", (await browser.SignUpAsync(email)).Location);
        var mail = Assert.Single(await portal.MailsToAsync(email));
        Assert.Equal("/sign-in?confirmed=true", (await browser.GetAsync(PortalHost.LinkIn(mail))).Location);
        Assert.Equal("/", (await browser.SignInAsync(email)).Location);
        Assert.Equal("/sites/new", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task A_tenant_and_its_owner_are_made_with_the_user()
    {
        await browser.SignUpAsync(email);
        await using var db = portal.Everything();
        var user = await db.Users.SingleAsync(u => u.Email == email);
        var member = await db.Members.SingleAsync(m => m.UserId == user.Id);
        Assert.Equal(MemberRole.Owner, member.Role);
        Assert.True(await db.Tenants.AnyAsync(t => t.Id == member.TenantId));
    }

    [Fact]
    public async Task Before_the_address_is_confirmed_nobody_gets_in_and_the_link_is_sent_again()
    {
        await browser.SignUpAsync(email);
        Assert.Equal("/check-mail", (await browser.SignInAsync(email)).Location);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/account/keys")).Status);
        Assert.Equal(2, (await portal.MailsToAsync(email)).Length);
    }

    [Fact]
    public async Task A_taken_address_gets_the_same_answer_and_its_owner_a_mail()
    {
        var (_, taken) = await portal.SignedInAsync();
        var known = await browser.SignUpAsync(taken);
        var unknown = await browser.SignUpAsync(email);
        Assert.Equal((unknown.Status, unknown.Location), (known.Status, known.Location));
        Assert.Equal("You already have an account", (await portal.MailsToAsync(taken))[^1].Subject);
        Assert.Equal("/", (await portal.NewBrowser().SignInAsync(taken)).Location);
    }

    [Fact]
    public async Task The_form_sent_many_times_at_once_makes_one_account()
    {
        var browsers = Enumerable.Range(0, 5).Select(_ => portal.NewBrowser()).ToArray();
        var answers = await Task.WhenAll(browsers.Select(b => b.SignUpAsync(email)));
        Assert.All(answers, a => Assert.Equal("/check-mail", a.Location));
        await using var db = portal.Everything();
        var user = await db.Users.SingleAsync(u => u.Email == email);
        Assert.Equal(1, await db.Members.CountAsync(m => m.UserId == user.Id));
        Assert.Equal(1, await db.Tenants.CountAsync(t => t.Name == email));
    }

    [Theory]
    [InlineData("name@example.com", "short", "10 to 200 characters")]
    [InlineData("no address", "a long enough password", "no e-mail address")]
    [InlineData("", "a long enough password", "Enter your e-mail address")]
    public async Task What_is_wrong_is_said_at_the_field_and_the_address_stays(string address, string password, string said)
    {
        var answer = await browser.SendAsync("/sign-up", new() { ["Email"] = address, ["Password"] = password });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(said, answer.Main);
        Assert.Equal(address, answer.Html.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.Null(answer.Html.QuerySelector("#Password")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_confirmation_link_that_was_changed_confirms_nothing()
    {
        await browser.SignUpAsync(email);
        var link = PortalHost.LinkIn((await portal.MailsToAsync(email)).Single());
        var answer = await browser.GetAsync(link[..^4]);
        Assert.Contains("does not work", answer.Main);
        Assert.Equal("/check-mail", (await browser.SignInAsync(email)).Location);
    }

    [Fact]
    public async Task A_form_of_another_origin_is_refused()
    {
        var answer = await browser.PostAsync("/sign-up", new() { ["Email"] = email, ["Password"] = Browser.Password });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Empty(await portal.MailsToAsync(email));
    }
}
