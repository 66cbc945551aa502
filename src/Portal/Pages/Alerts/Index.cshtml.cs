using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages.Alerts;

/// <summary>The inbox: alerts of all sites by their state.</summary>
sealed class IndexModel(AlertInbox inbox, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)] public string State { get; set; } = AlertStates.Open;
    [BindProperty(SupportsGet = true, Name = "p")] public int PageNumber { get; set; }

    public IReadOnlyList<(Alert Alert, string Domain)> Alerts { get; private set; } = [];
    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();
    public bool HasMore { get; private set; }
    public bool MayChange => inbox.MayChange;
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!AlertStates.All.Contains(State)) return Redirect("/alerts");
        var rows = await inbox.PageAsync(State, Math.Clamp(PageNumber, 0, 10_000), cancel);
        (HasMore, Alerts) = (rows.Count > AlertInbox.PageSize, [.. rows.Take(AlertInbox.PageSize)]);
        Counts = await inbox.CountsAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid[] ids, string to, CancellationToken cancel)
    {
        var count = await inbox.SetAsync(ids, to, cancel);
        TempData.Say(!MayChange ? "Only editors, admins and owners change alerts" : ids.Length == 0 ? "Choose alerts first" : $"{count} {(count == 1 ? "alert is" : "alerts are")} {to}");
        return Redirect($"/alerts?state={Uri.EscapeDataString(State)}");
    }
}
