using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages.Account;

/// <summary>Who can be told of alerts.</summary>
[ResponseCache(NoStore = true)]
sealed class ReceiversModel(Receivers receivers) : PageModel
{
    [BindProperty] public string? Address { get; set; }
    [BindProperty] public string? Webhook { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? PagerDuty { get; set; }

    public bool MayAskAgain(Receiver receiver) => receivers.MayAskAgain(receiver);

    public IReadOnlyList<Receiver> All { get; private set; } = [];

    /// <summary>Of the webhook just made: shown once.</summary>
    public string? Secret { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => All = await receivers.AllAsync(cancel);

    public async Task<IActionResult> OnPostMailAsync(CancellationToken cancel)
    {
        if (await receivers.AddMailAsync(Address, cancel) is not { } error)
        {
            TempData.Say("A mail with a link is on its way; alerts go there once it is opened");
            return Redirect("/account/receivers");
        }
        ModelState.AddModelError(nameof(Address), error);
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostWebhookAsync(CancellationToken cancel)
    {
        var (secret, error) = await receivers.AddWebhookAsync(Webhook, Language, cancel);
        if (error is not null) ModelState.AddModelError(nameof(Webhook), error);
        else if (secret is null) return Added();
        else (Secret, Webhook) = (secret, null);
        if (error is null) ModelState.Remove(nameof(Webhook));
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostPagerDutyAsync(CancellationToken cancel)
    {
        if (await receivers.AddPagerDutyAsync(PagerDuty, cancel) is not { } error) return Added();
        ModelState.AddModelError(nameof(PagerDuty), error);
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostAskAsync(Guid id, CancellationToken cancel)
    {
        TempData.Say(await receivers.AskAgainAsync(id, cancel));
        return Redirect("/account/receivers");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (await receivers.RemoveAsync(id, cancel)) TempData.Say("The receiver is removed");
        return Redirect("/account/receivers");
    }

    RedirectResult Added()
    {
        TempData.Say("The receiver is added; choose it in the rules that are to tell it");
        return Redirect("/account/receivers");
    }

    async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        All = await receivers.AllAsync(cancel);
        return Page();
    }
}
