using ClickHouse.Driver;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>History in the real engine: as much as was generated, however often it is loaded and wherever a load is cut short.</summary>
public sealed class HistoryLoaderTests(ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>
{
    const int Events = 120_000;

    [Fact]
    public async Task Stores_what_the_truth_says_and_nothing_twice()
    {
        using var client = ClickHouseSetup.Client(clickHouse.Connection);
        var (plan, truth) = Plan(siteId: 1);
        var told = new List<LoadProgress>();
        await LoadAsync(client, plan, new Told(told.Add), CancellationToken.None);
        await IsAsTrueAsync(client, plan, truth);
        Assert.Equal(truth.Events, told[^1].Events);
        await LoadAsync(client, plan, null, CancellationToken.None);
        await IsAsTrueAsync(client, plan, truth);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task A_load_cut_short_is_made_good_by_the_next(int siteId, int chunks)
    {
        using var client = ClickHouseSetup.Client(clickHouse.Connection);
        var (plan, truth) = Plan(siteId);
        using var stop = new CancellationTokenSource();
        var left = chunks;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadAsync(client, plan, new Told(_ => { if (--left == 0) stop.Cancel(); }), stop.Token));
        await LoadAsync(client, plan, null, CancellationToken.None);
        await IsAsTrueAsync(client, plan, truth);
    }

    [Fact]
    public async Task What_is_missing_of_a_chunk_is_added()
    {
        using var client = ClickHouseSetup.Client(clickHouse.Connection);
        var (plan, truth) = Plan(siteId: 4);
        await LoadAsync(client, plan, null, CancellationToken.None);
        await client.ExecuteNonQueryAsync("ALTER TABLE events DELETE WHERE site_id = 4 AND toMonth(timestamp) = 10 SETTINGS mutations_sync = 2");
        Assert.NotEqual(truth.Events, await NumberAsync(client, "count() FROM events WHERE site_id = 4"));
        // The window in which ClickHouse knows a token has passed when a load is repeated days later.
        await client.ExecuteNonQueryAsync("ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 0");
        await LoadAsync(client, plan, null, CancellationToken.None);
        await IsAsTrueAsync(client, plan, truth);
    }

    static (HistoryPlan Plan, Truth Truth) Plan(int siteId)
    {
        var plan = HistoryPlans.Shop(Events) with { SiteId = siteId };
        var truth = new Truth();
        _ = new EventHistory(plan, truth).Events().Count();
        return (plan, truth);
    }

    static Task LoadAsync(ClickHouseClient client, HistoryPlan plan, IProgress<LoadProgress>? progress, CancellationToken cancel)
    {
        var writer = new BlockWriter(client);
        var store = new AnalyticStore(
            new EventStore(client, writer), new VisitStore(client, writer), new VisitorStore(client, writer), new LedgerStore(client, writer));
        var site = new SiteRules(plan.SiteId, TimeSpan.FromMinutes(30), ["shop.example.com"]);
        return new HistoryLoader(ChunkProcessor.Create(), store).LoadAsync($"st_{plan.SiteId}", site, plan, progress, cancel);
    }

    static async Task IsAsTrueAsync(ClickHouseClient client, HistoryPlan plan, Truth truth)
    {
        var site = $"WHERE site_id = {plan.SiteId}";
        Assert.Equal(truth.Events, await NumberAsync(client, $"count() FROM events {site}"));
        Assert.Equal(truth.Events, await NumberAsync(client, $"uniqExact(event_id) FROM events {site}"));
        Assert.Equal(truth.Visits.Count, await NumberAsync(client, $"count() FROM visits FINAL {site}"));
        Assert.Equal(truth.Visits.Sum(v => v.PageViews), await NumberAsync(client, $"sum(pageviews) FROM visits FINAL {site}"));
        Assert.Equal(truth.Visits.Sum(v => v.EngagementMs), await NumberAsync(client, $"sum(engagement_ms) FROM events {site}"));
        Assert.Equal(truth.Visits.Sum(v => v.Revenue), await NumberAsync(client, $"sum(revenue) FROM events {site}"));
        Assert.Equal(truth.Visits.Select(v => v.VisitorId).Distinct().Count(), await NumberAsync(client, $"uniqExact(visitor_id) FROM visits FINAL {site}"));
        foreach (var outcome in (string[])["received", "stored"])
            Assert.Equal(truth.Events, await NumberAsync(client, $"sum(events) FROM ledger FINAL {site} AND outcome = '{outcome}'"));
    }

    static async Task<decimal> NumberAsync(ClickHouseClient client, string what) =>
        Convert.ToDecimal(await client.ExecuteScalarAsync($"SELECT {what}"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Tells at once, unlike <see cref="Progress{T}"/>.</summary>
    sealed class Told(Action<LoadProgress> tell) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => tell(value);
    }
}
