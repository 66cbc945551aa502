using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Admin;

namespace SaaS.Analytics.Portal.Pages.Admin;

/// <summary>Every build of rollups, and what waits for one.</summary>
sealed class RollupsModel(RollupHealth health, TimeProvider time) : AdminPage
{
    public IReadOnlyList<SiteRollups> Sites { get; private set; } = [];
    public IReadOnlyList<RollupBuild> Builds { get; private set; } = [];
    public RollupCounts Counts { get; private set; } = new(0, 0, 0, 0);
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Counts = await health.CountsAsync(cancel);
        Sites = await health.SitesAsync(cancel);
        Builds = await health.BuildsAsync(cancel);
    }

    public static string Days(RollupBuild build) => build.FirstDay == build.LastDay ? $"{build.FirstDay:yyyy-MM-dd}" : $"{build.FirstDay:yyyy-MM-dd} – {build.LastDay:yyyy-MM-dd}";
}
