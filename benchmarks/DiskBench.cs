using SaaS.Analytics.Bench.Pipeline;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Bench;

/// <summary>What a stored event takes on the disk once its parts are merged: demo traffic, all columns, indices included.</summary>
static class DiskBench
{
    const int Events = 300_000;
    const double Limit = 60;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var fixture = new ClickHouseFixture();
        await fixture.InitializeAsync();
        using var client = ClickHouseSetup.Client(fixture.Connection);
        var writer = new BlockWriter(client);
        var store = new AnalyticStore(new EventStore(client, writer), new VisitStore(client, writer), new VisitorStore(client, writer), new LedgerStore(client, writer));
        var to = DateTime.UtcNow.Date;
        var plan = new HistoryPlan(1, ShopProfile.Create(), TimeZoneInfo.Utc, to.AddDays(-30), to, Events);
        await new HistoryLoader(ChunkProcessor.Create(), store)
            .LoadAsync("st_BENCHBENCHBENCH0", new SiteRules(1, TimeSpan.FromMinutes(30), [ShopProfile.Host]), plan, progress: null, default);
        using var calls = await StoreCalls.ToAsync(fixture.Connection);
        await calls.RunAsync("OPTIMIZE TABLE events FINAL");
        Console.Error.WriteLine(await calls.TextAsync(
            "SELECT name, sum(data_compressed_bytes) AS bytes FROM system.columns WHERE database = currentDatabase() AND table = 'events' GROUP BY name ORDER BY bytes DESC LIMIT 8 FORMAT TSV"));
        return [Figure.Within("disk", await calls.NumberAsync(
            "SELECT toInt64(sum(bytes_on_disk) * 10 / sum(rows)) FROM system.parts WHERE active AND database = currentDatabase() AND table = 'events'") / 10.0, "B/event", Limit)];
    }
}
