using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class TagLogModel(AnalyticsDb db) : TagPage
{
    const int Shown = 50;

    public IReadOnlyList<TagChange> Changes { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public DateTime? Older => Changes.Count == Shown ? Changes[^1].At : null;

    public async Task OnGetAsync(DateTimeOffset? before, CancellationToken cancel)
    {
        var limit = before?.UtcDateTime ?? DateTime.MaxValue.ToUniversalTime();
        Changes = await db.TagChanges.AsNoTracking().Where(c => c.SiteId == Site.Id && (before == null || c.At < limit))
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(Shown).ToListAsync(cancel);
    }
}
