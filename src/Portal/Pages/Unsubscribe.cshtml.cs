using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Sites.Mails;

namespace SaaS.Analytics.Portal.Pages;

/// <summary>
/// Where the link at the end of a report mail leads. Opening it changes nothing, as mail programs do that too; one click in such a
/// program sends a POST without a form (RFC 8058).
/// </summary>
[IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
sealed class UnsubscribeModel(Unsubscribing mails) : PageModel
{
    public (string Address, string Site)? Found { get; private set; }
    public bool Done { get; private set; }

    public async Task OnGetAsync(Guid secret, CancellationToken cancel) => Found = await mails.FindAsync(secret, cancel);

    public async Task<IActionResult> OnPostAsync(Guid secret, CancellationToken cancel)
    {
        await mails.EndAsync(secret, cancel);
        Done = true;
        return Page();
    }
}
