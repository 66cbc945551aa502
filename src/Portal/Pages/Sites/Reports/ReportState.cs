using Microsoft.AspNetCore.Http.Extensions;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>All that a page shows is in its address; this is the address, read.</summary>
sealed record ReportState
{
    public const int MostFilters = 20;

    public required string Domain { get; init; }
    public required Report Report { get; init; }
    public string Period { get; init; } = Reports.Period.Default;
    public string? From { get; init; }
    public string? To { get; init; }
    public CompareChoice Compare { get; init; } = CompareChoice.Default;
    public IReadOnlyList<FilterChip> Filters { get; init; } = [];
    public required string Metric { get; init; }

    /// <summary>The site's goals, which filters may name.</summary>
    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>Which tab of a card is open.</summary>
    public IReadOnlyDictionary<string, string> Tabs { get; init; } = new Dictionary<string, string>();

    /// <summary>What else the page keeps in its address: the open table, its search and order, or what a page of its own needs.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    public static ReportState Read(string domain, Report report, IQueryCollection query) => new()
    {
        Domain = domain,
        Report = report,
        Period = query["period"].ToString() is { } period && (period == Reports.Period.Custom || Reports.Period.Find(period) is not null) ? period : Reports.Period.Default,
        From = query["from"],
        To = query["to"],
        Compare = report.Minutes is null ? CompareChoice.Read(query) : new(Comparison.None),
        Filters = [.. query["f"].Select(FilterChip.Parse).OfType<FilterChip>().DistinctBy(f => f.Text).Take(MostFilters)],
        Metric = report.Metrics.Contains(query["metric"].ToString()) ? query["metric"].ToString() : report.MainMetric,
        Tabs = report.Cards.Where(c => query.ContainsKey(c.Key)).ToDictionary(c => c.Key, c => c.Tab(query[c.Key]).Key),
        More = report.Keys.Where(k => query[k].ToString().Length > 0).ToDictionary(k => k, k => query[k].ToString()),
    };

    /// <summary>The days of a custom period; the default period where they make no sense.</summary>
    public TimeRange Range(AuthorizedSite site, DateTime now)
    {
        if (Report.Minutes is { } minutes) return LastMinutes(minutes, now);
        if (Period == Reports.Period.Custom && From is not null && To is not null && DateRanges.Between(From, To, site) is { } range) return range;
        return (Reports.Period.Find(Period) ?? Reports.Period.Find(Reports.Period.Default)!).In(site, now);
    }

    static TimeRange LastMinutes(int minutes, DateTime now)
    {
        var end = new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, now.Kind).AddMinutes(1);
        return new(end.AddMinutes(-minutes), end);
    }

    public TopTab Tab(TopCard card) => card.Tab(Tabs.GetValueOrDefault(card.Key));

    public string? this[string key] => More.GetValueOrDefault(key);

    public ReportState With(FilterChip filter) => Filters.Any(f => f.Text == filter.Text) ? this : this with { Filters = [.. Filters, filter] };

    public ReportState With(IEnumerable<FilterChip> filters) => filters.Aggregate(this, (state, filter) => state.With(filter));

    public ReportState Without(FilterChip filter) => this with { Filters = [.. Filters.Where(f => f.Text != filter.Text)] };

    public ReportState With(TopCard card, TopTab tab) => this with { Tabs = new Dictionary<string, string>(Tabs) { [card.Key] = tab.Key } };

    /// <summary>Sets what else is kept; nothing takes it away.</summary>
    public ReportState With(string key, string? value)
    {
        var more = More.Where(m => m.Key != key).ToDictionary();
        if (!string.IsNullOrEmpty(value)) more[key] = value;
        return this with { More = more };
    }

    public ReportState Plain => this with { More = new Dictionary<string, string>() };

    public string Url => Path + Query().ToQueryString();

    /// <summary>One part of the page alone.</summary>
    public string Part(string handler, string? card = null, string? format = null)
    {
        var query = Query();
        query.Add("handler", handler);
        if (card is not null) query.Add("card", card);
        if (format is not null) query.Add("format", format);
        return Path + query.ToQueryString();
    }

    public string SitePath => $"/sites/{Domain}";

    public string Path => SitePath + Report.Path;

    /// <summary>Name and value of everything that differs from the default, also as hidden fields of the page's forms.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        foreach (var kept in Kept()) yield return kept;
        if (Metric != Report.MainMetric) yield return new("metric", Metric);
        foreach (var (card, tab) in Tabs.Where(t => Report.Card(t.Key)!.Tabs[0].Key != t.Value)) yield return new(card, tab);
        foreach (var more in More.OrderBy(m => m.Key, StringComparer.Ordinal)) yield return more;
    }

    /// <summary>What the next report keeps: the period, what it is compared with, the filters.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept()
    {
        if (Period != Reports.Period.Default) yield return new("period", Period);
        if (Period == Reports.Period.Custom && From is not null) yield return new("from", From);
        if (Period == Reports.Period.Custom && To is not null) yield return new("to", To);
        foreach (var compare in Report.Minutes is null ? Compare.Fields() : []) yield return compare;
        foreach (var filter in Filters) yield return new("f", filter.Text);
    }

    QueryBuilder Query() => new(Fields());
}
