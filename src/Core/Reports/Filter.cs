namespace SaaS.Analytics.Reports;

/// <summary>What rows a report is about.</summary>
public abstract record Filter
{
    /// <summary>Every dimension the filter names.</summary>
    public abstract IEnumerable<Dimension> Dimensions { get; }

    public bool AboutEvents => Dimensions.Any(d => d.Scope == DimensionScope.Event);
}

public sealed record AllOf(IReadOnlyList<Filter> Filters) : Filter
{
    public override IEnumerable<Dimension> Dimensions => Filters.SelectMany(f => f.Dimensions);
}

public sealed record AnyOf(IReadOnlyList<Filter> Filters) : Filter
{
    public override IEnumerable<Dimension> Dimensions => Filters.SelectMany(f => f.Dimensions);
}

public sealed record Not(Filter Filter) : Filter
{
    public override IEnumerable<Dimension> Dimensions => Filter.Dimensions;
}

/// <summary>One of <paramref name="Values"/> is (in, matched by) the dimension; with <paramref name="Negated"/> none is.</summary>
public sealed record Match(
    Dimension Dimension, MatchKind Kind, bool Negated, IReadOnlyList<string> Values, bool CaseSensitive = true) : Filter
{
    public override IEnumerable<Dimension> Dimensions => [Dimension];

    public static Match Is(string dimension, params string[] values) =>
        new(Reports.Dimensions.Find(dimension) ?? throw new ArgumentException(dimension), MatchKind.Is, false, values);
}

public enum MatchKind
{
    Is,
    Contains,

    /// <summary>An RE2 expression finds something in it.</summary>
    Matches,
}
