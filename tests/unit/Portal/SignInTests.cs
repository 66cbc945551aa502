using System.Net;
using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Tests.Portal;

public sealed class SignInTests(PortalHost portal) : IClassFixture<PortalHost>
{
    readonly Browser browser = portal.NewBrowser();

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var (_, email) = await portal.SignedInAsync();
        var wrong = await browser.SignInAsync(email, "not the password");
        var unknown = await browser.SignInAsync("nobody@example.com", "not the password");
        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        Assert.Equal(unknown.Main, wrong.Main);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_does_not_help_for_15_minutes()
    {
        var (_, email) = await portal.SignedInAsync();
        for (var i = 0; i < 5; i++) await browser.SignInAsync(email, "not the password");
        var locked = await browser.SignInAsync(email);
        Assert.Contains("address or the password is wrong", locked.Main);

        await using var db = portal.Everything();
        var user = await db.Users.SingleAsync(u => u.Email == email);
        Assert.InRange(user.LockoutEnd!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));
        user.LockoutEnd = DateTimeOffset.UtcNow.AddSeconds(-1);
        await db.SaveChangesAsync();
        Assert.Equal("/", (await browser.SignInAsync(email)).Location);
    }

    [Theory]
    [InlineData("?next=%2Faccount%2Fkeys", "/account/keys")]
    [InlineData("?next=https%3A%2F%2Fevil.example", "/")]
    [InlineData("?next=%2F%2Fevil.example", "/")]
    [InlineData("?next=%2F%5Cevil.example", "/")]
    public async Task After_signing_in_one_lands_on_this_portal_only(string query, string expected)
    {
        var (_, email) = await portal.SignedInAsync();
        Assert.Equal(expected, (await browser.SignInAsync(email, next: query)).Location);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_of_the_mail_once()
    {
        var (old, email) = await portal.SignedInAsync();
        await browser.SendAsync("/forgot-password", new() { ["Email"] = email });
        var link = PortalHost.LinkIn((await portal.MailsToAsync(email))[^1]);
        var changed = await browser.SendAsync(link, new() { ["Password"] = "another long password" });
        Assert.Equal("/sign-in?reset=true", changed.Location);
        Assert.Equal("/", (await browser.SignInAsync(email, "another long password")).Location);
        Assert.Contains("wrong", (await portal.NewBrowser().SignInAsync(email)).Main);
        Assert.Contains("does not work any more", (await portal.NewBrowser().SendAsync(link, new() { ["Password"] = "a third long password" })).Main);
    }

    [Fact]
    public async Task Asking_for_a_new_password_says_nothing_about_the_address()
    {
        var (_, email) = await portal.SignedInAsync();
        var known = await browser.SendAsync("/forgot-password", new() { ["Email"] = email });
        var unknown = await browser.SendAsync("/forgot-password", new() { ["Email"] = "nobody@example.com" });
        Assert.Equal((unknown.Status, unknown.Location), (known.Status, known.Location));
        Assert.Empty(await portal.MailsToAsync("nobody@example.com"));
    }

    [Fact]
    public async Task Only_a_sent_form_signs_out()
    {
        var (member, _) = await portal.SignedInAsync();
        await member.GetAsync("/sign-out");
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/account/keys")).Status);
        await member.SendAsync("/sign-out", []);
        Assert.Equal(HttpStatusCode.Redirect, (await member.GetAsync("/account/keys")).Status);
    }

    [Fact]
    public async Task A_member_who_was_removed_is_out_at_the_next_request()
    {
        var (member, email) = await portal.SignedInAsync();
        await using var db = portal.Everything();
        var user = await db.Users.SingleAsync(u => u.Email == email);
        await db.Members.Where(m => m.UserId == user.Id).ExecuteDeleteAsync();
        Assert.Contains("/sign-in", (await member.GetAsync("/account/keys")).Location);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var (_, email) = await portal.SignedInAsync();
        var answer = await browser.SignInAsync(email);
        var cookie = Assert.Single(answer.Response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("analytics-session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
    }
}
