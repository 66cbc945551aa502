using System.Net;

namespace SaaS.Analytics.Tests.Portal;

public sealed class AccountLimitTests(AccountLimitTests.StrictPortal portal) : IClassFixture<AccountLimitTests.StrictPortal>
{
    public sealed class StrictPortal : PortalHost
    {
        protected override int AccountPosts => 3;
    }

    [Fact]
    public async Task One_network_may_post_to_the_account_pages_so_often_and_no_more()
    {
        var browser = portal.NewBrowser();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync("nobody@example.com")).Status);
        var refused = await browser.SignInAsync("nobody@example.com");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("Wait a few minutes", refused.Main);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).Status);
    }
}
