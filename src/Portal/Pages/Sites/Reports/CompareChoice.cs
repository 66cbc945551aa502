using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What the numbers are compared with, as the address has it.</summary>
/// <param name="Kind">Previous period unless another is chosen.</param>
/// <param name="Weekday">The same days of the week.</param>
/// <param name="From">First day of a custom comparison.</param>
/// <param name="To">Its last day.</param>
sealed record CompareChoice(Comparison Kind, bool Weekday = false, string? From = null, string? To = null)
{
    public static CompareChoice Default { get; } = new(Comparison.PreviousPeriod);

    static readonly (Comparison Kind, string Key)[] Keys =
        [(Comparison.None, "off"), (Comparison.YearOverYear, "year"), (Comparison.Custom, "custom"), (Comparison.PreviousPeriod, "previous")];

    public string Name => Kind switch
    {
        Comparison.None => "No comparison",
        Comparison.YearOverYear => "Last year",
        Comparison.Custom => "Chosen days",
        _ => "Previous period",
    };

    public static CompareChoice Read(IQueryCollection query)
    {
        var kind = Keys.Where(k => k.Key == query["compare"]).Select(k => (Comparison?)k.Kind).FirstOrDefault() ?? Comparison.PreviousPeriod;
        return kind == Comparison.Custom
            ? new(kind, false, query["cfrom"], query["cto"])
            : new(kind, query["weekday"] == "on");
    }

    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        if (Kind != Comparison.PreviousPeriod) yield return new("compare", Keys.First(k => k.Kind == Kind).Key);
        if (Weekday) yield return new("weekday", "on");
        if (Kind == Comparison.Custom && From is not null) yield return new("cfrom", From);
        if (Kind == Comparison.Custom && To is not null) yield return new("cto", To);
    }

    /// <summary>A query that compares so; without a comparison where its days make no sense.</summary>
    public ReportQuery In(ReportQuery query, AuthorizedSite site)
    {
        if (Kind != Comparison.Custom) return query with { Comparison = Kind, MatchWeekday = Weekday };
        var with = From is not null && To is not null ? DateRanges.Between(From, To, site) : null;
        return query with { Comparison = with is null ? Comparison.None : Comparison.Custom, ComparedWith = with };
    }
}
