namespace SaaS.Analytics.Bench;

/// <summary>What can be measured; a new suite is one file and one line here.</summary>
static class Suites
{
    public static IReadOnlyDictionary<string, Func<Task<IReadOnlyList<Figure>>>> All { get; } =
        new Dictionary<string, Func<Task<IReadOnlyList<Figure>>>>
        {
            ["pipeline"] = CollectorBench.RunAsync,
        };
}
