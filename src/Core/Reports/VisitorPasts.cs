using System.Globalization;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>What a rule asks of visitors beyond their present visit; see <see cref="PastConditions"/>.</summary>
/// <param name="Spent">At least so much, in <paramref name="Currency"/>; 0: not asked.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Filters">All of them must hold.</param>
public sealed record VisitorPast(decimal Spent, string Currency, IReadOnlyList<Filter> Filters)
{
    public bool IsAsked => Spent > 0 || Filters.Count > 0;
}

/// <summary>Asks the stored events which of some visitors have the past that a rule wants, the present visit included.</summary>
public sealed class VisitorPasts(ReportStore store, TimeProvider time)
{
    /// <summary>As long as visitors are recognised: 13 months.</summary>
    static readonly TimeSpan Back = TimeSpan.FromDays(396);

    /// <summary>An id is no dimension that anybody may ask for: there are as many as visitors.</summary>
    static readonly Dimension Visitor = new("visitor:id", DimensionScope.Visit, "toString(v.visitor_id)");

    /// <exception cref="ReportLimitException">It needs more than it may.</exception>
    public async Task<IReadOnlySet<ulong>> WhoAsync(AuthorizedSite site, VisitorPast past, IReadOnlyCollection<ulong> visitors, CancellationToken cancel)
    {
        IReadOnlySet<ulong> who = visitors.ToHashSet();
        if (past.Filters.Count > 0 && who.Count > 0) who = await HavingAsync(site, "visitors", 1, past.Filters, who, cancel);
        if (past.Spent > 0 && who.Count > 0) who = await HavingAsync(site, "total_revenue", past.Spent, [Match.Is(Dimensions.Currency, past.Currency)], who, cancel);
        return who;
    }

    async Task<IReadOnlySet<ulong>> HavingAsync(AuthorizedSite site, string metric, decimal least, IReadOnlyList<Filter> filters, IReadOnlySet<ulong> visitors, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var query = new ReportQuery(site, new TimeRange(now - Back, now.AddMinutes(1)))
        {
            Metrics = [Metrics.Get(metric)], Dimensions = [Visitor], Exact = true, Limit = visitors.Count,
            Filters = [new Match(Visitor, MatchKind.Is, false, [.. visitors.Select(v => v.ToString(CultureInfo.InvariantCulture))]), .. filters],
        };
        var rows = await store.RowsAsync(Planner.Plan(query), site, cancel);
        return rows.Where(r => (decimal)Convert.ToDouble(r[1], CultureInfo.InvariantCulture) >= least)
            .Select(r => ulong.Parse((string)r[0], NumberStyles.None, CultureInfo.InvariantCulture)).ToHashSet();
    }
}
