using SaaS.Analytics.Ads;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Costs by the rows of a table, in one currency.</summary>
/// <param name="Rows">By the value of the level.</param>
/// <param name="Currency">The one in which most rows are; empty where nothing was imported.</param>
/// <param name="OtherCurrencies">Left out, and said so: amounts of two currencies have no sum.</param>
/// <param name="Told">The costs are told at this level and with these filters.</param>
sealed record Spending(IReadOnlyDictionary<string, Spent> Rows, string Currency, IReadOnlyList<string> OtherCurrencies, bool Told)
{
    public static Spending Of(IReadOnlyList<AdCost> costs, ReportState state, CampaignLevel level)
    {
        var byCurrency = costs.GroupBy(c => c.Currency).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (byCurrency.Count == 0) return new(new Dictionary<string, Spent>(), "", [], Told: true);
        var others = byCurrency.Skip(1).Select(g => g.Key).ToList();
        if (level.Of is not { } of || !CanFilter(state)) return new(new Dictionary<string, Spent>(), byCurrency[0].Key, others, Told: false);
        var rows = byCurrency[0].Where(c => Passes(c, state)).GroupBy(of, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => new Spent((double)g.Sum(c => c.Cost), g.Any(c => c.Clicks is not null) ? g.Sum(c => c.Clicks ?? 0) : null), StringComparer.OrdinalIgnoreCase);
        return new(rows, byCurrency[0].Key, others, Told: true);
    }

    /// <summary>A cost knows its campaign, source, medium and content, and nothing of visitors.</summary>
    static bool CanFilter(ReportState state) => state.Filters.All(f => LevelOf(f)?.Of is not null && f.Match is { Kind: MatchKind.Is });

    static bool Passes(AdCost cost, ReportState state) => state.Filters.All(f =>
        f.Match.Values.Contains(LevelOf(f)!.Of!(cost), StringComparer.OrdinalIgnoreCase) != f.Match.Negated);

    static CampaignLevel? LevelOf(FilterChip filter) => CampaignLevel.All.FirstOrDefault(l => l.Dimension == filter.Match.Dimension.Key);
}

/// <param name="Cost">Sum.</param>
/// <param name="Clicks">As the advertiser counts them; null where it does not say.</param>
sealed record Spent(double Cost, long? Clicks);
