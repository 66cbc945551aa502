namespace SaaS.Analytics.Reports;

/// <summary>What rows a report is about.</summary>
public abstract record Filter
{
    /// <summary>Every dimension the filter names.</summary>
    public abstract IEnumerable<Dimension> Dimensions { get; }

    /// <summary>Every comparison in it, those of <see cref="HasDone"/> included.</summary>
    public IEnumerable<Match> Matches => this switch
    {
        AllOf all => all.Filters.SelectMany(f => f.Matches),
        AnyOf any => any.Filters.SelectMany(f => f.Matches),
        Not not => not.Filter.Matches,
        HasDone done => done.Filter.Matches,
        Match match => [match],
        _ => [],
    };

    /// <summary>It stands for goals: what was reached is divided by what there is without it.</summary>
    public bool IsGoal { get; init; }

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

    /// <summary>Where it stands in the request, for who is told that it is wrong.</summary>
    public string Field { get; init; } = "filters";

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

/// <summary>Visitors with an event in the range that passes <paramref name="Filter"/>; with <paramref name="Negated"/> those without. It is about visitors, so that it makes no query one about events.</summary>
public sealed record HasDone(Filter Filter, bool Negated) : Filter
{
    public override IEnumerable<Dimension> Dimensions => [];
}
