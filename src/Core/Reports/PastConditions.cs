using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Reports;

/// <summary>Reads what a rule about visits asks of the visitor's past: money spent, a goal reached, a segment, a campaign.</summary>
public static class PastConditions
{
    /// <summary>False: the rule asks for nothing of the past.</summary>
    public static bool AreIn(AlertSettings settings) =>
        settings.Number("spent") > 0 || Array.Exists(["reached", "segment", "campaign_ever"], key => settings.Text(key).Length > 0);

    /// <returns>Past is null where a goal or a segment is gone: then the rule fires for nobody. Wrong: by setting, what is wrong with it.</returns>
    public static async Task<(VisitorPast? Past, IReadOnlyDictionary<string, string> Wrong)> ReadAsync(AnalyticsDb db, int siteId, AlertSettings settings, CancellationToken cancel)
    {
        var filters = new List<Filter>();
        var wrong = new Dictionary<string, string>();
        if (settings.Text("reached") is { Length: > 0 } reached)
        {
            var goals = await db.Goals.AsNoTracking().Where(g => g.SiteId == siteId).OrderBy(g => g.Name).ToListAsync(cancel);
            if (goals.Find(g => g.Name == reached) is { } goal) filters.Add(new HasDone(GoalFilters.Of(goal), Negated: false));
            else wrong["reached"] = Missing("goal", reached, goals.Select(g => g.Name));
        }
        if (settings.Text("segment") is { Length: > 0 } name)
        {
            var segments = await db.Segments.AsNoTracking().Where(s => s.SiteId == siteId && s.OwnerId == null).OrderBy(s => s.Name).ToListAsync(cancel);
            if (segments.Find(s => s.Name == name) is not { } segment) wrong["segment"] = Missing("shared segment", name, segments.Select(s => s.Name));
            else if (OfSegment(segment, filters) is { } problem) wrong["segment"] = problem;
        }
        if (settings.Text("campaign_ever") is { Length: > 0 } campaign)
            filters.Add(new HasDone(OfCampaign(campaign), Negated: false));
        if (settings.Number("spent") > 0 && settings.Text("spent_currency").Length == 0) wrong["spent_currency"] = "In the currency: three letters, like EUR.";
        var past = new VisitorPast(settings.Number("spent"), settings.Text("spent_currency").ToUpperInvariant(), filters);
        return (wrong.Count > 0 ? null : past, wrong);
    }

    /// <summary>A visit without a campaign is like no pattern, not even *.</summary>
    static AllOf OfCampaign(string pattern)
    {
        var campaign = Dimensions.Get("visit:utm_campaign");
        return new AllOf([new Match(campaign, MatchKind.Matches, false, [GoalFilters.Expression(pattern)], CaseSensitive: false), new Match(campaign, MatchKind.Is, Negated: true, [""])]);
    }

    /// <returns>What is wrong; null where the segment's filters were added.</returns>
    static string? OfSegment(Segment segment, List<Filter> filters)
    {
        try
        {
            using var json = JsonDocument.Parse($$"""{"filters":{{segment.Filters}}}""");
            filters.AddRange(new FilterParser(segments: null, goals: null).Parse(json.RootElement));
            return null;
        }
        catch (ReportQueryException e)
        {
            return $"The segment “{segment.Name}” cannot be used here. {e.Message}";
        }
    }

    static string Missing(string what, string name, IEnumerable<string> all) =>
        $"There is no {what} “{name}”. {(string.Join(", ", all) is { Length: > 0 } names ? $"There are: {names}." : "The site has none so far.")}";
}
