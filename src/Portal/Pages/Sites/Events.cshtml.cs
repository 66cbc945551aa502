using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Events themselves: searched, newest first, followed while they come.</summary>
sealed class EventsModel(EventSearch search) : ReportPage
{
    const int PageSize = 50;
    const int MostExported = 10_000;

    static readonly Report About = new("/events", "Events", [], []) { Keys = ["q", "before"], Filterable = false };

    /// <summary>Examples under the box.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["name:pageview path:/blog/*", "country:DE -browser:Safari", "revenue:>=100", "\"out of stock\""];

    public string Text => State["q"] ?? "";
    public string? Error { get; private set; }
    public IReadOnlyList<FoundEvent> Events { get; private set; } = [];
    public EventPlace? Before { get; private set; }

    /// <summary>The address of the older ones; null at the end.</summary>
    public string? Older { get; private set; }

    /// <summary>New events come in on top.</summary>
    public bool Follows => IsLive && Before is null && Error is null;

    protected override Report Find() => About;

    public async Task OnGetAsync(CancellationToken cancel) => await FindAsync(PageSize, cancel);

    public async Task<IActionResult> OnGetReportAsync(CancellationToken cancel)
    {
        await FindAsync(PageSize, cancel);
        return Partial("Reports/_Events", this);
    }

    /// <summary>What is found, as CSV; as much as a report holds.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancel)
    {
        await FindAsync(MostExported, cancel);
        return Error is null ? ExportFile.Of(State, Range, Calendar, Events) : BadRequest(Error);
    }

    async Task FindAsync(int limit, CancellationToken cancel)
    {
        Before = Place(State["before"]);
        try
        {
            var terms = EventSearchText.Parse(Text);
            Events = await search.FindAsync(new EventQuestion(Site, Range) { Terms = terms, Before = Before, Limit = limit }, cancel);
        }
        catch (EventSearchException e)
        {
            Error = e.Message;
        }
        if (Events.Count == PageSize) Older = State.With("before", $"{new DateTimeOffset(Events[^1].At, TimeSpan.Zero).ToUnixTimeMilliseconds()}-{Events[^1].Id:n}").Url;
    }

    static EventPlace? Place(string? text) =>
        text?.Split('-') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
        && ms < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && Guid.TryParse(id, out var guid)
            ? new EventPlace(DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime, guid) : null;
}
