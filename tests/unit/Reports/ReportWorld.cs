using ClickHouse.Driver;
using Microsoft.Extensions.Time.Testing;
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

    public static int NewSiteId() => Interlocked.Increment(ref lastSite);

    public async Task InitializeAsync()
    {
        await clickHouse.InitializeAsync();
        Store = new ReportStore(new ClickHouseClient(Connection));
        Reporter = new Reporter(Store, Time);
    }

    public Task DisposeAsync() => clickHouse.DisposeAsync();
}
