using System.Collections.Frozen;

namespace SaaS.Analytics.Alerts;

/// <summary>A site's rules about visits, ready to be asked for every event: most are turned away by one look-up. Thread-safe.</summary>
public sealed class SiteAlerts
{
    readonly RuleIndex returning, seeing;
    readonly FrozenDictionary<string, RuleIndex> events;
    readonly FrozenSet<string> pages;
    readonly TextTest[] patterns;

    /// <param name="rules">Enabled rules of the site, of any kind.</param>
    /// <param name="timeZone">IANA zone of the site.</param>
    public SiteAlerts(IReadOnlyCollection<(Guid Id, string Kind, AlertSettings Settings)> rules, string timeZone)
    {
        var tests = rules.Select(r => new RuleTest(r.Id, r.Kind, r.Settings, timeZone)).ToList();
        var back = tests.Where(t => t.Kind == AlertKinds.Returning.Key && t.Seen.Any).ToList();
        var seen = tests.Where(t => t.Kind == AlertKinds.Returning.Key && !t.Seen.Any).ToList();
        pages = seen.Where(t => t.Seen.Exact is not null).Select(t => t.Seen.Exact!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        patterns = [.. seen.Where(t => t.Seen.Exact is null).Select(t => t.Seen)];
        (AsksForReturns, returning, seeing) = (back.Count > 0, new RuleIndex(back, t => t.Page.Exact), new RuleIndex(seen, t => t.Seen.Exact));
        events = tests.Where(t => t.Kind == AlertKinds.Event.Key).GroupBy(t => t.EventName).ToFrozenDictionary(g => g.Key, g => new RuleIndex(g, t => t.Page.Exact));
    }

    /// <summary>False: nobody has to find out whether a visit begins.</summary>
    public bool AsksForReturns { get; }

    /// <summary>False: no rule is about visitors who are back and open this page.</summary>
    public bool AsksForPage(string page) => pages.Contains(page) || Array.Exists(patterns, p => p.Holds(page));

    /// <summary>False: no rule is about events of this name.</summary>
    public bool AsksFor(string eventName) => events.Count > 0 && events.ContainsKey(eventName);

    /// <summary>Rules that fire because the visitor of a visit is back.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="at">When it began or was identified, UTC.</param>
    public IEnumerable<Guid> Returns(VisitFacts visit, DateTime at) =>
        visit.Number < 2 ? [] : returning.Of(visit, visit.Page).Where(r => r.Returns(visit, at)).Select(r => r.Id);

    /// <summary>Rules that fire because the visitor of a visit is back and has opened a page.</summary>
    public IEnumerable<Guid> Sees(VisitFacts visit, string page, DateTime at) =>
        seeing.Of(visit, page).Where(r => r.Seen.Holds(page) && r.Returns(visit, at)).Select(r => r.Id);

    /// <summary>Rules that fire because an event has happened.</summary>
    public IEnumerable<Guid> Happens(VisitFacts visit, EventFacts e, DateTime at) =>
        events.TryGetValue(e.Name, out var rules) ? rules.Of(visit, e.Page).Where(r => r.Happens(visit, e, at)).Select(r => r.Id) : [];
}
