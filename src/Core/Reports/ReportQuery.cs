using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>A question about one site. There is none without a site that the asker may read.</summary>
public sealed record ReportQuery(AuthorizedSite Site, TimeRange Range)
{
    public const int MostRows = 10_000;

    public required IReadOnlyList<Metric> Metrics { get; init; }
    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>IANA zone in which days and hours are cut; the site's own unless another is asked for.</summary>
    public string TimeZone { get; init; } = Site.TimeZone;

    /// <summary>Empty: by time where time is asked for, else by the first metric, most first.</summary>
    public IReadOnlyList<OrderBy> OrderBy { get; init; } = [];
    public int Limit { get; init; } = MostRows;
    public int Offset { get; init; }

    /// <summary>No sample, no sketches: distinct values are counted one by one, however long it takes.</summary>
    public bool Exact { get; init; }
    public Comparison Comparison { get; init; }

    /// <summary>The range of <see cref="Comparison.Custom"/>.</summary>
    public TimeRange? ComparedWith { get; init; }

    /// <summary>The comparison begins on the same day of the week.</summary>
    public bool MatchWeekday { get; init; }

    /// <summary>The comparison ends where the range ends in its own past, instead of after as many whole days.</summary>
    public bool CompareUntilNow { get; init; }
    public bool IncludeTimeLabels { get; init; }
    public bool IncludeTotalRows { get; init; }
    public bool IncludeExplanation { get; init; }

    /// <summary>The same without the filters on goals.</summary>
    public ReportQuery BeforeGoals => this with { Filters = [.. Filters.Where(f => !f.IsGoal)] };

    public Calendar Calendar => new(TimeZone);

    public bool AboutEvents =>
        Dimensions.Any(d => d.Scope == DimensionScope.Event) || Filters.Any(f => f.AboutEvents);

    /// <summary>The bucket of a query whose only dimension is time; such a series has no gaps.</summary>
    public TimeBucket? Series => Dimensions is [{ Bucket: { } bucket }] ? bucket : null;
}

/// <summary>A key of the query's metrics or dimensions.</summary>
public sealed record OrderBy(string Key, bool Descending);
