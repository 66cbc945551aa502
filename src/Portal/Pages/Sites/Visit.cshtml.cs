using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>One visit with its events: where the link of an alert leads.</summary>
sealed class VisitModel(VisitReader visits, AlertInbox inbox) : SitePage
{
    public VisitDetails? Visit { get; private set; }

    /// <summary>The alert that led here.</summary>
    public Alert? Alert { get; private set; }

    public bool MayChange => inbox.MayChange;

    public async Task<IActionResult> OnGetAsync(string visit, Guid? alert, CancellationToken cancel)
    {
        if (!ulong.TryParse(visit, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)) return NotFound();
        if (alert is { } asked && await inbox.FindAsync(asked, cancel) is { } found && found.SiteId == Site.Id) Alert = found;
        Visit = await visits.FindAsync(Site, id, cancel);
        return Visit is null && Alert is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string visit, Guid alert, string state, CancellationToken cancel)
    {
        if (await inbox.SetAsync([alert], state, cancel) > 0) TempData.Say($"The alert is {state}");
        return Redirect($"/sites/{Site.Domain}/visits/{Uri.EscapeDataString(visit)}?alert={alert}");
    }

    /// <summary>Name, else user id, else a number.</summary>
    public static string Who(VisitDetails visit) => AlertWords.Who(new VisitFacts { VisitorId = visit.VisitorId, UserId = visit.UserId, Traits = visit.Traits });
}
