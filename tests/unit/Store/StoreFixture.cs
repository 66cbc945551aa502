using ClickHouse.Driver;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Store;

/// <summary>The stores on a fresh, migrated database of the real engine.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    readonly ClickHouseFixture server = new();

    public ClickHouseClient Client { get; private set; } = null!;
    public AnalyticStore Store { get; private set; } = null!;
    public string Connection => server.Connection;

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        Client = ClickHouseSetup.Client(server.Connection);
        var writer = new BlockWriter(Client);
        Store = new AnalyticStore(
            new EventStore(Client, writer), new VisitStore(Client, writer), new VisitorStore(Client, writer), new LedgerStore(Client, writer));
    }

    public Task DisposeAsync()
    {
        Client.Dispose();
        return Task.CompletedTask;
    }
}
