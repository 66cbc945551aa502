using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Portal.Sites.Saved;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A page with the report's head: period, comparison, filters, all of it in the address.</summary>
abstract class ReportPage : SitePage
{
    public ReportState State { get; private set; } = null!;
    public TimeRange Range { get; private set; }
    public DateTime Now { get; private set; }

    /// <summary>New events can change what is shown.</summary>
    public bool IsLive => Range.To > Now;
    public Calendar Calendar => new(Site.TimeZone);

    /// <summary>The cards, the chart and the tiles can be had as files.</summary>
    public virtual IReadOnlyList<(string Key, string Name)> Exports => [];

    /// <summary>What the filter menu offers besides.</summary>
    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    /// <returns>Null where there is no such page.</returns>
    protected abstract Report? Find();

    protected override async Task<IActionResult?> BeginAsync(CancellationToken cancel)
    {
        if (Find() is not { } report) return NotFound();
        Now = HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var goals = await HttpContext.RequestServices.GetRequiredService<SiteGoals>().AllAsync(Site, cancel);
        State = ReportState.Read(Site.Domain, report, Request.Query) with { Goals = goals };
        if (report.Filterable) Segments = await HttpContext.RequestServices.GetRequiredService<SiteSegments>().AllAsync(Site, cancel);
        Range = State.Range(Site, Now);
        var (fd, fo, fq) = (Request.Query["fd"].ToString(), Request.Query["fo"].ToString(), Request.Query["fq"].ToString().Trim());
        return fq.Length > 0 && FilterChip.Parse($"{fo},{fd},{fq}") is { } filter ? Redirect(State.With(filter).Url) : null;
    }
}
