namespace SaaS.Analytics.Reports;

/// <summary>A number of a report: a formula over parts, each of which one arm of the query counts.</summary>
/// <param name="Key">Its name in the API.</param>
/// <param name="Formula">
/// SQL over part names in braces; every part is summed over the arms. <c>{visitors_of_all}</c> is the number of visitors
/// without the dimensions, <c>{visitors_before_goals}</c> the same without the filters on goals.
/// </param>
/// <param name="Kind">How it is written and compared.</param>
public sealed record Metric(string Key, string Formula, MetricKind Kind = MetricKind.Count)
{
    public const string OfAll = "{visitors_of_all}";
    public const string BeforeGoals = "{visitors_before_goals}";

    /// <summary>Can only be told of visitors who are recognised beyond a day; the answer says of which share of the visits (coverage).</summary>
    public bool NeedsMemory { get; init; }

    /// <summary>Makes sense under a filter on goals only.</summary>
    public bool NeedsGoal { get; init; }

    /// <summary>What it is where nothing happened: null where there is nothing to divide by.</summary>
    public double? Nothing => Formula.Contains("nullIf", StringComparison.Ordinal) && !Formula.Contains(OfAll) && !Formula.Contains(BeforeGoals) ? null : 0;

    /// <summary>The parts the formula names.</summary>
    public IEnumerable<Part> Parts => parts ??= [.. Reports.Parts.All.Where(p => Formula.Contains('{' + p.Name + '}'))];
    IReadOnlyList<Part>? parts;

    public bool Equals(Metric? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
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

    /// <summary>Money, in the currency of the events.</summary>
    Amount,
}
