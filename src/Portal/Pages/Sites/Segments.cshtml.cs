using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites.Saved;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Segments: filters under a name. They are made in any report and chosen in its filter menu.</summary>
sealed class SegmentsModel(SiteSegments segments) : ReportPage
{
    static readonly Report About = new("/segments", "Segments", [], []) { Keys = [] };

    public IReadOnlyList<Segment> All { get; private set; } = [];
    public string? Error { get; private set; }

    protected override Report Find() => About;

    public async Task OnGetAsync(CancellationToken cancel) => All = await segments.AllAsync(Site, cancel);

    /// <summary>Saves the filters of the address.</summary>
    public async Task<IActionResult> OnPostAsync(string? name, bool shared, CancellationToken cancel)
    {
        Error = await segments.AddAsync(Site, name, State.Filters, shared, cancel);
        if (Error is null)
        {
            TempData.Say($"The segment {name!.Trim()} is saved");
            return Redirect(State.Url);
        }
        All = await segments.AllAsync(Site, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken cancel)
    {
        if (await segments.RemoveAsync(Site, id, cancel) > 0) TempData.Say("The segment is removed");
        return Redirect(State.Url);
    }
}
