namespace SaaS.Analytics.Bench.Reports;

/// <summary>The hand-written statements in <c>benchmarks/sql</c>.</summary>
static class SqlFile
{
    public static string Read(string name, IReadOnlyDictionary<string, string> values)
    {
        var sql = File.ReadAllText(Path.Combine(Repository.Root, "benchmarks", "sql", name + ".sql"));
        return values.Aggregate(sql, (text, value) => text.Replace("{" + value.Key + "}", value.Value, StringComparison.Ordinal));
    }
}
