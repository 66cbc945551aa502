using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>The promise of alerts, as its user sees it: the mail is there while the visitor still is.</summary>
public sealed partial class AlertFlowTests(SeparateHosts product, Chromium chromium) : IClassFixture<SeparateHosts>, IClassFixture<Chromium>
{
    const string Domain = "alerts.test";
    const string Customer = "ada@acme.example";

    [Fact]
    public async Task A_visitor_who_comes_back_through_a_campaign_is_in_the_mail_and_the_mail_opens_the_visit()
    {
        await using var person = await chromium.PersonAsync();
        var owner = new Owner(product, await person.NewPageAsync());
        await owner.JoinAsync();
        await using var shop = await CustomerSite.StartAsync(Domain);
        shop.Snippet = await owner.AddSiteAsync(Domain);
        await MakeRuleAsync(owner.Page);
        await VisitedBeforeAsync(owner.Page, Snippet().Match(shop.Snippet).Value);

        await using var visitor = await chromium.PersonAsync();
        var visit = await visitor.NewPageAsync();
        await visit.GotoAsync($"{shop.Address}/?utm_source=spring-news&utm_medium=email&utm_campaign=spring");
        await visit.EvaluateAsync("id => { analytics.consent({analytics: true}); analytics.identify(id, {name: 'Ada <b>Lovelace</b> http://evil.example'}); }", Customer);

        var mail = (await Patience.UntilAsync("the alert's mail", async () => await product.MailToAsync(owner.Email) is var text && text.Contains("is back on") ? text : null)).Replace("\u2060", "");
        foreach (var words in (string[])["Ada <b>Lovelace</b> http://evil.example is back on", "after 5 hours", Customer, "not verified", "Page: /", "Campaign: spring", "number 2", "/long-ago"])
            Assert.Contains(words, mail);
        await owner.Page.GotoAsync(VisitLink().Match(mail).Value);
        await Assertions.Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Ada <b>Lovelace" })).ToBeVisibleAsync();
        await Looks.CheckAsync(owner.Page, "visit");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(owner.Page.GetByText("acknowledged").First).ToBeVisibleAsync();
        await owner.Page.GotoAsync($"{product.Portal}/alerts?state=acknowledged");
        await Looks.CheckAsync(owner.Page, "alerts-inbox");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "is back on" }).ClickAsync();
        await Assertions.Expect(owner.Page.GetByText(owner.Email).First).ToBeVisibleAsync();
        await Looks.CheckAsync(owner.Page, "alert");
        await StopAsync(mail);
    }

    async Task MakeRuleAsync(IPage page)
    {
        await page.GotoAsync($"{product.Portal}/sites/{Domain}/alerts");
        await Looks.CheckAsync(page, "alerts-empty");
        await page.GetByRole(AriaRole.Link, new() { Name = "A visitor is back" }).ClickAsync();
        await page.GetByLabel("Away for at least").FillAsync("2");
        await page.GetByLabel("Unit").SelectOptionAsync("hours");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("after at least 2 hours");
        await Looks.CheckAsync(page, "alert-rule");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the rule" }).ClickAsync();
        await Assertions.Expect(page.GetByText("A known visitor returns after at least 2 hours")).ToBeVisibleAsync();
        await Looks.CheckAsync(page, "alerts");
    }

    /// <summary>The same user, five hours ago, on another device.</summary>
    async Task VisitedBeforeAsync(IPage page, string trackingId)
    {
        using var http = new HttpClient();
        var then = DateTime.UtcNow.AddHours(-5).ToString("O");
        using var answer = await http.PostAsync($"{product.Collector}/v1/batch", new StringContent(
            $$"""{"writeKey":"{{trackingId}}","batch":[{"name":"pageview","url":"https://{{Domain}}/long-ago","timestamp":"{{then}}","userId":"{{Customer}}"}]}"""));
        answer.EnsureSuccessStatusCode();
        await Patience.UntilAsync("the first visit", async () =>
        {
            await page.GotoAsync($"{product.Portal}/sites/{Domain}/events?period=7d");
            return await page.GetByText("/long-ago").CountAsync() > 0 ? "stored" : null;
        });
    }

    /// <summary>One click, as a mail program does it: a POST without cookies.</summary>
    static async Task StopAsync(string mail)
    {
        using var http = new HttpClient();
        var link = StopLink().Match(mail).Value;
        Assert.Contains("Choose what", await http.GetStringAsync(link));
        using var answer = await http.PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" }));
        Assert.Contains("Done", await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("st_[0-9A-Za-z]{16}")]
    private static partial Regex Snippet();

    [GeneratedRegex(@"https?://\S+/visits/\S+")]
    private static partial Regex VisitLink();

    [GeneratedRegex(@"https?://\S+/alerts/stop\?\S+")]
    private static partial Regex StopLink();
}
