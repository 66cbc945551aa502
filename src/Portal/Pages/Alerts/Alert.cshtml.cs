using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Alerts;

/// <summary>One alert: what happened, its history, who was told.</summary>
sealed class AlertModel(AlertInbox inbox, AlertResends resends, SiteAccess sites) : PageModel
{
    public Alert Alert { get; private set; } = null!;
    public AuthorizedSite? OfSite { get; private set; }
    public IReadOnlyList<AlertNote> Notes { get; private set; } = [];
    public IReadOnlyList<DeliveryState> Deliveries { get; private set; } = [];

    /// <summary>The member may, and it is no test.</summary>
    public bool MayChange => inbox.MayChange && Alert.RuleId != Alert.OfNoRule;

    public bool MayResend(DeliveryState d) => inbox.MayChange && (!TargetKinds.IsMail(d.Delivery.Kind) || d.SentAt is null);

    public string Zone => OfSite?.TimeZone ?? "UTC";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await inbox.FindAsync(id, cancel) is not { } found) return NotFound();
        Alert = found;
        OfSite = (await sites.AllAsync(cancel)).FirstOrDefault(s => s.Id == found.SiteId);
        Notes = await inbox.NotesAsync(id, cancel);
        Deliveries = await inbox.DeliveriesAsync(id, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string to, CancellationToken cancel)
    {
        if (await inbox.SetAsync([id], to, cancel) > 0) TempData.Say($"The alert is {to}");
        return Redirect($"/alerts/{id}");
    }

    public async Task<IActionResult> OnPostResendAsync(Guid id, Guid delivery, CancellationToken cancel)
    {
        TempData.Say(await resends.SendAsync(id, delivery, cancel));
        return Redirect($"/alerts/{id}");
    }
}
