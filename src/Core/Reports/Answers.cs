using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Caching.Hybrid;

namespace SaaS.Analytics.Reports;

/// <summary>Rows of a query as they are kept.</summary>
/// <param name="Rows">In order, series without gaps.</param>
/// <param name="TotalRows">How many there are without the limit, where asked for.</param>
/// <param name="Freshness">Receipt (UTC) of the newest event counted.</param>
[ImmutableObject(true)]
public sealed record Answer(IReadOnlyList<ReportRow> Rows, long? TotalRows, DateTime? Freshness);

/// <summary>Plans a query, and runs it unless the same has just been answered. Those who ask the same at once wait for one run.</summary>
public sealed class Answers(ReportStore store, RollupDays rollups, HybridCache cache, SitePulse pulse, TimeProvider time)
{
    readonly PatternCheck patterns = new(store);

    /// <summary>The answer, the plan it came from, and whether it was kept from before.</summary>
    public async Task<(Answer Answer, Plan Plan, Reading Reading, bool Cached)> OfAsync(ReportQuery query, CancellationToken cancel)
    {
        var facts = await FactsAsync(query, cancel);
        var reading = ReadingChoice.Of(query, facts, store.Limits.SampleAboveRows);
        var plan = facts.IsUnderRepair ? MergedVisits.Follow(Planner.Plan(query, reading)) : Planner.Plan(query, reading);
        var cached = true;
        var answer = await cache.GetOrCreateAsync(AnswerKey.Of(query, plan, facts, pulse.Of(query.Site.Id)), async token =>
        {
            cached = false;
            return await RunAsync(query, plan, token);
        }, Kept(query, facts), cancellationToken: cancel);
        return (answer, plan, reading, cached);
    }

    async Task<SiteFacts> FactsAsync(ReportQuery query, CancellationToken cancel)
    {
        var facts = new SiteFacts(await rollups.OfAsync(query.Site, cancel), time.GetUtcNow().UtcDateTime)
        {
            IsUnderRepair = await rollups.IsUnderRepairAsync(query.Site, cancel),
        };
        if (query.Exact || ReadingChoice.Of(query, facts, long.MaxValue).Rollup is not null) return facts;
        return facts with { EstimatedRows = await EstimateAsync(query, cancel) };
    }

    async Task<long> EstimateAsync(ReportQuery query, CancellationToken cancel) => await cache.GetOrCreateAsync(
        $"estimate:{query.Site.Id}:{query.Range.From.Ticks}:{query.Range.To.Ticks}",
        async token => await store.EstimateAsync(query.Site, query.Range, token),
        new HybridCacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), Flags = HybridCacheEntryFlags.DisableDistributedCache }, cancellationToken: cancel);

    async Task<Answer> RunAsync(ReportQuery query, Plan plan, CancellationToken cancel)
    {
        await patterns.CheckAsync(query, cancel);
        var fresh = FreshnessAsync(query, cancel);
        var raw = await store.RowsAsync(plan, query.Site, cancel);
        return new Answer(RowReader.Read(query, raw), query.IncludeTotalRows ? TotalRows(query, raw) : null, await fresh);
    }

    /// <summary>Days that still change are asked for anew when something was heard of, and after seconds anyway.</summary>
    HybridCacheEntryOptions Kept(ReportQuery query, SiteFacts facts)
    {
        var time = AnswerKey.IsClosed(query, facts) ? TimeSpan.FromMinutes(store.Limits.ClosedMinutes) : TimeSpan.FromSeconds(store.Limits.LiveSeconds);
        return time == TimeSpan.Zero
            ? new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCache }
            : new HybridCacheEntryOptions { Expiration = time, LocalCacheExpiration = time };
    }

    /// <summary>Receipt of the newest event of the period's last day.</summary>
    async Task<DateTime?> FreshnessAsync(ReportQuery query, CancellationToken cancel)
    {
        var rows = await store.RowsAsync(FreshnessPlan.Of(query.Site, query.Range.EndedBy(time.GetUtcNow().UtcDateTime)), cancel);
        return rows is [[var at]] && Convert.ToInt64(at, CultureInfo.InvariantCulture) is > 0 and var ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime
            : null;
    }

    static long TotalRows(ReportQuery query, List<object[]> raw) =>
        raw.Count == 0 ? 0 : Convert.ToInt64(raw[0][query.Dimensions.Count + query.Metrics.Count], CultureInfo.InvariantCulture);
}
