using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Alerts;

namespace SaaS.Analytics.Portal.Pages;

/// <summary>
/// Ends alert mails without signing in. Opening the page changes nothing, as mail programs open links by themselves; a POST
/// of the same address is the one-click unsubscription of RFC 8058, which brings no cookie and no form token.
/// </summary>
[IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
sealed class AlertStopModel(ReceiverLinks links) : PageModel
{
    public bool Done { get; private set; }
    public bool HasRule { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, Guid? rule, CancellationToken cancel)
    {
        HasRule = rule is not null;
        return await links.FindAsync(token, cancel) is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string? token, Guid? rule, string? all, CancellationToken cancel)
    {
        if (await links.FindAsync(token, cancel) is not { } target) return NotFound();
        await links.StopAsync(target, all is null ? rule : null, cancel);
        (Done, HasRule) = (true, rule is not null);
        return Page();
    }
}
