using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E.Browser;

/// <summary>Somebody who wants to know who visits their site, and does in the portal what they would do.</summary>
public sealed partial class Owner(Product product, IPage page)
{
    const string Password = "correct horse battery";
    readonly string email = $"owner-{Guid.NewGuid():n}@example.com";

    public IPage Page => page;

    public string Email => email;

    /// <summary>Signs up, opens the link in the mail, signs in.</summary>
    public async Task JoinAsync()
    {
        await page.GotoAsync($"{product.Portal}/sign-up");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up" }).ClickAsync();
        await page.WaitForURLAsync("**/check-mail*");
        var mail = await product.MailToAsync(email);
        await page.GotoAsync(ConfirmLink().Match(mail).Value);
        await SignInAsync();
    }

    public async Task SignInAsync()
    {
        await page.GotoAsync($"{product.Portal}/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in"));
    }

    /// <summary>Adds the site and copies the snippet with its button.</summary>
    public async Task<string> AddSiteAsync(string domain)
    {
        await page.GotoAsync($"{product.Portal}/sites/new");
        await page.GetByLabel("Domain").FillAsync(domain);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the site" }).ClickAsync();
        await page.WaitForURLAsync($"**/sites/{domain}/snippet*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the snippet" }).ClickAsync();
        return await page.EvaluateAsync<string>("navigator.clipboard.readText()");
    }

    [GeneratedRegex(@"https?://[^\s""<]+/confirm\?[^\s""<]+")]
    private static partial Regex ConfirmLink();
}
