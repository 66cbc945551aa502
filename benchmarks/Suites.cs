using SaaS.Analytics.Bench.Pipeline;
using SaaS.Analytics.Bench.Reports;
using SaaS.Analytics.Bench.Tags;

namespace SaaS.Analytics.Bench;

/// <summary>What can be measured; a new part is one file and one line here.</summary>
static class Suites
{
    /// <summary>The parts in the order in which they run.</summary>
    static readonly (string Suite, string Part, Func<Task<IReadOnlyList<Figure>>> RunAsync)[] Parts =
    [
        ("pipeline", "collector", CollectorBench.RunAsync),
        ("pipeline", "idle", IdleBench.RunAsync),
        ("pipeline", "stored", StoredBench.RunAsync),
        ("pipeline", "agents", AgentsBench.RunAsync),
        ("pipeline", "latency", LatencyBench.RunAsync),
        ("pipeline", "digest", () => OwnProcess.RunAsync("digest", DigestBench.RunAsync)),
        ("pipeline", "disk", DiskBench.RunAsync),
        ("pipeline", "open-visits", () => OwnProcess.RunAsync("open-visits", OpenVisitsBench.RunAsync)),
        ("scaling", "partitions", PartitionsBench.RunAsync),
        ("scaling", "history", HistoryBench.RunAsync),
        ("reports", "planner", PlannerBench.RunAsync),
        ("reports", "queries", ReportBench.RunAsync),
        ("alerts", "alerts", AlertsBench.RunAsync),
        ("tags", "tag-script", TagScriptBench.RunAsync),
        ("tags", "publish", PublishBench.RunAsync),
    ];

    public static IEnumerable<string> Names => Parts.Select(p => p.Suite).Distinct().Concat(Parts.Select(p => p.Part));

    /// <summary>A suite's parts, or one of them.</summary>
    public static IEnumerable<Func<Task<IReadOnlyList<Figure>>>> Of(string name) =>
        Parts.Where(p => name == p.Suite || name == p.Part).Select(p => p.RunAsync);
}
