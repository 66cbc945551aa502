using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>A site's alert rules, and what to begin with.</summary>
sealed class AlertRulesModel(SiteRuleBook book) : SitePage
{
    public IReadOnlyList<AlertRule> Rules { get; private set; } = [];
    public IReadOnlyDictionary<Guid, DateTime> Last { get; private set; } = new Dictionary<Guid, DateTime>();
    public DateTime Now => book.Now;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rules = await book.AllAsync(Site, cancel);
        Last = await book.LastAsync(Site, cancel);
    }

    public async Task<IActionResult> OnPostSwitchAsync(Guid id, bool on, CancellationToken cancel)
    {
        var error = await book.ChangeAsync(Site, id, 0, rule => rule.Enabled = on, cancel);
        TempData.Say(error ?? (on ? "The rule is on" : "The rule is off"));
        return Redirect($"/sites/{Site.Domain}/alerts");
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken cancel)
    {
        if (await book.DeleteAsync(Site, id, cancel)) TempData.Say("The rule is deleted; its alerts stay in the inbox");
        return Redirect($"/sites/{Site.Domain}/alerts");
    }
}
