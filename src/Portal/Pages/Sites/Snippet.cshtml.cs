using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Portal.Sites.Verification;

namespace SaaS.Analytics.Portal.Pages.Sites;

[EnableRateLimiting(AccountLimits.Policy)]
sealed class SnippetModel(IOptions<PortalSettings> portal, InstallCheck check) : SitePage
{
    [BindProperty] public string Address { get; set; } = "";

    public Snippet Snippet => new(portal.Value.CollectorUrl.TrimEnd('/'), Site.TrackingId, Site.Domain);
    public Verdict? Verdict { get; private set; }

    public void OnGet() => Address = $"https://{Site.Domain}/";

    /// <returns>204 while there is nothing new, so that nothing is redrawn or read out.</returns>
    public IActionResult OnGetWaiting() =>
        Site.FirstEventAt is null ? new NoContentResult() : Partial("_Waiting", Site);

    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken cancel)
    {
        Verdict = await check.RunAsync(Site, Address, cancel);
        return Request.Headers.ContainsKey("HX-Request") ? Partial("_Verdict", Verdict) : Page();
    }
}
