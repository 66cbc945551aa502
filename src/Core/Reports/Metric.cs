namespace SaaS.Analytics.Reports;

/// <summary>A number of a report: a formula over parts, each of which one arm of the query counts.</summary>
/// <param name="Key">Its name in the API.</param>
/// <param name="Formula">SQL over part names in braces; every part is summed over the arms.</param>
/// <param name="Kind">How it is written and compared.</param>
public sealed record Metric(string Key, string Formula, MetricKind Kind = MetricKind.Count)
{
    /// <summary>What it is where nothing happened: null where there is nothing to divide by.</summary>
    public double? Nothing => Formula.Contains("nullIf", StringComparison.Ordinal) ? null : 0;

    /// <summary>The parts the formula names.</summary>
    public IEnumerable<Part> Parts => Reports.Parts.All.Where(p => Formula.Contains('{' + p.Name + '}'));
}

public enum MetricKind
{
    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A mean or ratio; null where there is nothing to divide by.</summary>
    Ratio,

    /// <summary>0–100; changes are told in points.</summary>
    Percentage,

    /// <summary>Seconds.</summary>
    Duration,
}
