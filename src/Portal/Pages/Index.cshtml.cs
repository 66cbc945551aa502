using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages;

/// <summary>Signed out: what the product does. Signed in: all sites, or straight to the only one.</summary>
sealed class IndexModel(CurrentMember member, SiteAccess access, SiteNumbers numbers) : PageModel
{
    public IReadOnlyList<AuthorizedSite> Sites { get; private set; } = [];

    /// <summary>By site id; null where the event store does not answer.</summary>
    public IReadOnlyDictionary<int, SiteOverview>? Numbers { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? all, CancellationToken cancel)
    {
        if (!member.SignedIn) return Page();
        Sites = await access.AllAsync(cancel);
        if (Sites.Count == 0) return Redirect("/sites/new");
        if (Sites.Count == 1 && all is null) return Redirect(SiteStart.Url(Sites[0]));
        Numbers = await numbers.OfAsync(Sites, cancel);
        return Page();
    }
}
