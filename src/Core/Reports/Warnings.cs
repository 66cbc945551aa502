namespace SaaS.Analytics.Reports;

/// <summary>What the reader of an answer should know.</summary>
static class Warnings
{
    const string Cookieless =
        "Cookieless visitors are counted once per UTC day, so that one person may be several visitors over several days.";
    const string Sampled = "Counted over one visitor in ten and scaled. Ask with \"exact\": true to count all.";
    const string Currencies = "Amounts are added as they are, whatever their currency: filter by event:currency, or break down by it.";

    static readonly string[] DailyVisitors = ["visitors", "percentage"];

    public static List<string> Of(ReportQuery query, Reading reading)
    {
        var warnings = new List<string>();
        if (query.Range.Length > TimeSpan.FromDays(1) && query.Metrics.Any(m => DailyVisitors.Contains(m.Key))) warnings.Add(Cookieless);
        if (reading.Sampled) warnings.Add(Sampled);
        if (query.Metrics.Any(m => m.Kind == MetricKind.Amount) && !NamesCurrency(query)) warnings.Add(Currencies);
        return warnings;
    }

    static bool NamesCurrency(ReportQuery query) =>
        query.Dimensions.Concat(query.Filters.SelectMany(f => f.Dimensions)).Any(d => d.Key == Dimensions.Currency);
}
