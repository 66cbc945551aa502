namespace SaaS.Analytics.Bench;

/// <summary>The command line: which suites or parts of them, everything by default, and where to write the figures.</summary>
sealed record BenchOptions(IReadOnlyList<string> Suites, string? Json)
{
    /// <returns>Null where the command line makes no sense.</returns>
    public static BenchOptions? Parse(string[] args)
    {
        var suites = new List<string>();
        string? json = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json" && i + 1 < args.Length) json = args[++i];
            else if (Bench.Suites.Names.Contains(args[i])) suites.Add(args[i]);
            else return null;
        }
        return new BenchOptions(suites.Count > 0 ? suites : ["pipeline"], json);
    }
}
