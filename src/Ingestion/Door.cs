using SaaS.Analytics.Events;
using SaaS.Analytics.Flows;

namespace SaaS.Analytics.Ingestion;

enum Verdict
{
    Passed,

    /// <summary>Excluded by the site's rules; the client is told that it was accepted.</summary>
    Foreign,

    /// <summary>Told to the client and counted as invalid.</summary>
    Rejected,
}

/// <summary>The rules at the door that need the site and the clock.</summary>
static class Door
{
    public static Verdict Check(EventDraft e, BatchDraft batch, SiteEntry site, DateTime receivedAt, bool imports)
    {
        var (time, _) = EventTime.Correct(e.Timestamp ?? receivedAt, batch.SentAt, receivedAt);
        if (EventTime.IsTooOld(time, receivedAt, imports))
            return Reject(batch, e, "too_old", imports ? "The event is older than 1995." : "The event is older than 30 days.");
        if (e.Url.Length == 0) return Verdict.Passed;
        var host = EventUrl.Host(e.Url, out var isAbsolute);
        if (!isAbsolute) return Reject(batch, e, "url_invalid", "The url must be absolute, or be left out.");
        return site.Owns(host) ? Verdict.Passed : Verdict.Foreign;
    }

    /// <returns>Which shield excludes a page, as the ledger has it; null where none does.</returns>
    public static string? Shielded(EventDraft e, SiteEntry site)
    {
        var guard = site.Guard;
        if (e.Url.Length == 0 || !(guard.LookAt(ShieldFacts.Page) || guard.LookAt(ShieldFacts.Hostname)) || WebUrl.Parse(e.Url) is not { } url) return null;
        return guard.Reason(ShieldFacts.Page, url.Path) ?? guard.Reason(ShieldFacts.Hostname, url.Host ?? "");
    }

    static Verdict Reject(BatchDraft batch, EventDraft e, string code, string message)
    {
        batch.Reject(e.Index, code, message);
        return Verdict.Rejected;
    }
}
