using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Alerts;

namespace SaaS.Analytics.Portal.Pages;

/// <summary>Says that an address wants alerts; opening the link alone says nothing, as mail programs do that too.</summary>
[ResponseCache(NoStore = true)]
sealed class AlertConfirmModel(ReceiverLinks links) : PageModel
{
    public string Address { get; private set; } = "";
    public bool Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        if (await links.FindAsync(token, cancel) is not { } target) return NotFound();
        (Address, Done) = (target.Address, target.ConfirmedAt is not null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? token, CancellationToken cancel)
    {
        if (await links.FindAsync(token, cancel) is not { } target) return NotFound();
        await links.ConfirmAsync(target, cancel);
        (Address, Done) = (target.Address, true);
        return Page();
    }
}
