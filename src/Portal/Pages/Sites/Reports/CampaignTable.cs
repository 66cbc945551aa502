using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Campaigns with what they brought and what they cost.</summary>
sealed record CampaignTable(CampaignLevel Level, IReadOnlyList<CampaignRow> Rows, Spending Spending)
{
    public static CampaignTable Of(
        CampaignLevel level, ReportResult visits, IReadOnlyDictionary<string, double?> converters, IReadOnlyDictionary<string, double?> revenue, Spending spending)
    {
        var empty = visits.Query.Dimensions[0].Empty;
        var rows = visits.Rows.Where(r => r.Metrics[0] > 0).Select(r => Row(r.Dimensions[0], empty, r.Metrics, converters, revenue, spending)).ToList();
        var seen = rows.Select(r => r.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unseen = spending.Rows.Select(s => (Value: s.Key.Length == 0 ? empty : s.Key, Spent: s.Value)).Where(s => !seen.Contains(s.Value))
            .Select(s => new CampaignRow(s.Value, 0, 0, null, 0, 0, s.Spent.Cost, s.Spent.Clicks));
        return new(level, [.. rows, .. unseen], spending);
    }

    static CampaignRow Row(
        string value, string empty, IReadOnlyList<double?> metrics, IReadOnlyDictionary<string, double?> converters, IReadOnlyDictionary<string, double?> revenue, Spending spending)
    {
        var spent = spending.Rows.GetValueOrDefault(value == empty ? "" : value);
        return new(value, metrics[0] ?? 0, metrics[1] ?? 0, metrics[2], converters.GetValueOrDefault(value) ?? 0, revenue.GetValueOrDefault(value) ?? 0, spent?.Cost, spent?.Clicks);
    }
}

/// <param name="Value">As stored.</param>
/// <param name="Visitors">Who came.</param>
/// <param name="Visits">How often.</param>
/// <param name="BounceRate">Percent.</param>
/// <param name="Converters">Visitors who reached a goal.</param>
/// <param name="Revenue">In the currency of the costs.</param>
/// <param name="Cost">Null where none was imported.</param>
/// <param name="Clicks">As the advertiser counts them.</param>
sealed record CampaignRow(string Value, double Visitors, double Visits, double? BounceRate, double Converters, double Revenue, double? Cost, long? Clicks)
{
    public double? ConversionRate => Rates.Percent(Converters, Visitors);

    /// <summary>By the advertiser's clicks, else by visits.</summary>
    public double? CostPerClick => Rates.CostPerClick(Cost, Clicks ?? Visits);
    public double? CostPerAcquisition => Rates.CostPerAcquisition(Cost, Converters);
    public double? ReturnOnSpend => Rates.ReturnOnSpend(Revenue, Cost);
}
