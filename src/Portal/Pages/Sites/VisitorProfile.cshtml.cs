using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>One visitor: what is remembered, and the visits. A cookieless id ends with its day, and so does its history.</summary>
sealed class VisitorProfileModel(VisitorList visitors) : SitePage
{
    public string Id { get; private set; } = "";
    public RememberedVisitor? Remembered { get; private set; }
    public IReadOnlyList<ListedVisit> Visits { get; private set; } = [];

    public bool Consented => Remembered?.Consented ?? false;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (!ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var visitor)) return NotFound();
        Id = id.ToLowerInvariant();
        Visits = await visitors.VisitsAsync(Site, visitor, cancel);
        Remembered = await visitors.RememberedAsync(Site, visitor, cancel);
        return Visits.Count == 0 && Remembered is null ? NotFound() : Page();
    }
}
