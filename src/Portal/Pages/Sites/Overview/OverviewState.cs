using Microsoft.AspNetCore.Http.Extensions;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>All that the page shows is in its address; this is the address, read.</summary>
sealed record OverviewState
{
    public const int MostFilters = 20;

    public required string Domain { get; init; }
    public string Period { get; init; } = Overview.Period.Default;
    public string? From { get; init; }
    public string? To { get; init; }
    public Comparison Compare { get; init; } = Comparison.PreviousPeriod;
    public IReadOnlyList<FilterChip> Filters { get; init; } = [];
    public string Metric { get; init; } = "visitors";

    /// <summary>Which tab of a card is open.</summary>
    public IReadOnlyDictionary<string, string> Tabs { get; init; } = new Dictionary<string, string>();

    public static OverviewState Read(string domain, IQueryCollection query) => new()
    {
        Domain = domain,
        Period = query["period"].ToString() is { } period && (period == Overview.Period.Custom || Overview.Period.Find(period) is not null) ? period : Overview.Period.Default,
        From = query["from"],
        To = query["to"],
        Compare = query["compare"].ToString() switch { "off" => Comparison.None, "year" => Comparison.YearOverYear, _ => Comparison.PreviousPeriod },
        Filters = [.. query["f"].Select(FilterChip.Parse).OfType<FilterChip>().DistinctBy(f => f.Text).Take(MostFilters)],
        Metric = Tile.All.FirstOrDefault(t => t.Metric == query["metric"])?.Metric ?? "visitors",
        Tabs = TopCard.All.Where(c => query.ContainsKey(c.Key)).ToDictionary(c => c.Key, c => c.Tab(query[c.Key]).Key),
    };

    /// <summary>The days of a custom period; the default period where they make no sense.</summary>
    public TimeRange Range(AuthorizedSite site, DateTime now)
    {
        if (Period == Overview.Period.Custom && From is not null && To is not null && DateRanges.Between(From, To, site) is { } range) return range;
        return (Overview.Period.Find(Period) ?? Overview.Period.Find(Overview.Period.Default)!).In(site, now);
    }

    public TopTab Tab(TopCard card) => card.Tab(Tabs.GetValueOrDefault(card.Key));

    public OverviewState With(FilterChip filter) => Filters.Any(f => f.Text == filter.Text) ? this : this with { Filters = [.. Filters, filter] };

    public OverviewState Without(FilterChip filter) => this with { Filters = [.. Filters.Where(f => f.Text != filter.Text)] };

    public OverviewState With(TopCard card, TopTab tab) => this with { Tabs = new Dictionary<string, string>(Tabs) { [card.Key] = tab.Key } };

    public string Url => Path + Query().ToQueryString();

    /// <summary>One part of the page alone.</summary>
    public string Part(string handler, string? card = null)
    {
        var query = Query();
        query.Add("handler", handler);
        if (card is not null) query.Add("card", card);
        return Path + query.ToQueryString();
    }

    public string Path => $"/sites/{Domain}";

    /// <summary>Name and value of everything that differs from the default, also as hidden fields of the page's forms.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        if (Period != Overview.Period.Default) yield return new("period", Period);
        if (Period == Overview.Period.Custom && From is not null) yield return new("from", From);
        if (Period == Overview.Period.Custom && To is not null) yield return new("to", To);
        if (Compare != Comparison.PreviousPeriod) yield return new("compare", Compare == Comparison.None ? "off" : "year");
        foreach (var filter in Filters) yield return new("f", filter.Text);
        if (Metric != "visitors") yield return new("metric", Metric);
        foreach (var (card, tab) in Tabs.Where(t => TopCard.Find(t.Key)!.Tabs[0].Key != t.Value)) yield return new(card, tab);
    }

    QueryBuilder Query() => new(Fields());
}
