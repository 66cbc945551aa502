namespace SaaS.Analytics.Bench.Reports;

/// <summary>The hand-written statements in <c>benchmarks/sql</c>.</summary>
static class SqlFile
{
    public static string Read(string name, IReadOnlyDictionary<string, string> values)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SaaS.Analytics.sln"))) folder = folder.Parent;
        var sql = File.ReadAllText(Path.Combine(folder.FullName, "benchmarks", "sql", name + ".sql"));
        return values.Aggregate(sql, (text, value) => text.Replace("{" + value.Key + "}", value.Value, StringComparison.Ordinal));
    }
}
