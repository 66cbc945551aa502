using ClickHouse.Driver;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>A database and a reporter over it; every test takes sites of its own.</summary>
public sealed class ReportWorld : IAsyncLifetime
{
    static int lastSite;
    readonly ClickHouseFixture clickHouse = new();

    public static DateTime Now { get; } = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    public string Connection => clickHouse.Connection;
    public ReportStore Store { get; private set; } = null!;
    public Reporter Reporter { get; private set; } = null!;
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(Now));

    public SitePulse Pulse { get; } = new();

    public static int NewSiteId() => Interlocked.Increment(ref lastSite);

    public async Task InitializeAsync()
    {
        await clickHouse.InitializeAsync();
        Store = new ReportStore(new ClickHouseClient(Connection));
        Reporter = NewReporter(null);
    }

    /// <param name="databases">Says which days are rolled up; null: none are.</param>
    /// <param name="limits">Nothing is kept by default.</param>
    public Reporter NewReporter(IDbContextFactory<SystemDb>? databases, ReportLimits? limits = null) =>
        new(NewAnswers(databases, limits), Time);

    public Answers NewAnswers(IDbContextFactory<SystemDb>? databases, ReportLimits? limits = null)
    {
        limits ??= new ReportLimits { LiveSeconds = 0, ClosedMinutes = 0 };
        var cache = new ServiceCollection().AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>();
        var store = new ReportStore(new ClickHouseClient(Connection), limits);
        return new Answers(store, new RollupDays(databases, Time, NullLogger<RollupDays>.Instance), cache, Pulse, Time);
    }

    public Task DisposeAsync() => clickHouse.DisposeAsync();
}
