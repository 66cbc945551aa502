using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Sites;

namespace SaaS.Analytics.Portal.Pages;

/// <summary>Signed out: what the product does. Signed in: all sites, or straight to the only one.</summary>
sealed class IndexModel(CurrentMember member, SiteAccess mine) : PageModel
{
    public IReadOnlyList<AuthorizedSite> Sites { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(bool all, CancellationToken cancel)
    {
        if (!member.SignedIn) return Page();
        Sites = await mine.AllAsync(cancel);
        if (Sites.Count == 0) return Redirect("/sites/new");
        return Sites.Count == 1 && !all ? Redirect(SiteStart.Url(Sites[0])) : Page();
    }
}
