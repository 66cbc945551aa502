using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public sealed class ParseBudgetTests
{
    const string Known = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
    readonly ChunkProcessor processor = ChunkProcessor.Create();
    readonly PartitionState state = new();

    [Fact]
    public void Above_the_budget_events_are_stored_unparsed_known_agents_are_told_and_time_brings_more()
    {
        string[] agents = [Known, .. Enumerable.Range(0, 700).Select(n => $"Agent/{n}"), Known];
        var rows = Process(agents, receivedAt: 1);
        Assert.Equal(agents.Length, rows.Count);
        Assert.Equal(("Firefox", ""), (rows[0].Browser, rows[0].Notes));
        Assert.Equal("ua_unparsed", rows[^2].Notes);
        Assert.Equal(("Firefox", ""), (rows[^1].Browser, rows[^1].Notes));
        Assert.Equal("", Assert.Single(Process(["Agent/later"], receivedAt: 2)).Notes);
    }

    IReadOnlyList<EventRow> Process(IEnumerable<string> agents, double receivedAt) => processor.Process(
        Guid.CreateVersion7(), Chunk(agents.Select(Agent), receivedAt), state, Sites, version: 1).Events;

    static CollectedEvent Agent(string userAgent) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = Noon, ClientTimestamp = Noon, Url = "https://example.com/", CookielessId = 11,
        UserAgent = userAgent,
    };
}
