using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>One event, and what each step on its way made of it.</summary>
sealed class EventDetailModel(EventSearch search) : SitePage
{
    static readonly DateTime First = new(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    static readonly DateTime Last = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public EventRecord Event { get; private set; } = null!;
    public IReadOnlyList<EventStep> Steps { get; private set; } = [];

    /// <param name="id">The event's id.</param>
    /// <param name="at">Its time, milliseconds since 1970: where to look; without it everywhere.</param>
    /// <param name="cancel">The reader has gone.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, long? at, CancellationToken cancel)
    {
        if (await search.OneAsync(Site, Around(at), id, cancel) is not { } found) return NotFound();
        Event = found;
        Steps = EventSteps.Of(found);
        return Page();
    }

    static TimeRange Around(long? at)
    {
        if (at is not { } ms || ms < new DateTimeOffset(First).ToUnixTimeMilliseconds() || ms > new DateTimeOffset(Last).ToUnixTimeMilliseconds()) return new(First, Last);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
        return new(time, time.AddMilliseconds(1));
    }
}
