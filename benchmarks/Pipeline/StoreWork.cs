using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>What the engine has spent its time on since it began, by its own counters.</summary>
sealed record StoreWork(IReadOnlyDictionary<string, long> Counters)
{
    static readonly (string Counter, string Text, double PerUnit)[] Shown =
    [
        ("InsertQueryTimeMicroseconds", "s in inserts", 1e6), ("InsertQuery", "inserts", 1), ("InsertedRows", "rows", 1),
        ("SelectQueryTimeMicroseconds", "s in selects", 1e6), ("SelectQuery", "selects", 1), ("SelectedRows", "rows read, merges included", 1),
        ("MergeExecuteMilliseconds", "s in merges", 1e3), ("Merge", "merges", 1), ("MergedRows", "rows merged", 1),
        ("FileSync", "fsyncs", 1), ("FileSyncElapsedMicroseconds", "s in them", 1e6),
    ];

    public static async Task<StoreWork> ReadAsync(StoreCalls store)
    {
        var lines = (await store.TextAsync("SELECT event, value FROM system.events FORMAT TSV")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new StoreWork(lines.Select(l => l.Split('\t')).ToDictionary(l => l[0], l => long.Parse(l[1], CultureInfo.InvariantCulture)));
    }

    public string Until(StoreWork later) => "  engine: " + string.Join(", ", Shown.Select(s =>
        string.Create(CultureInfo.InvariantCulture, $"{(later.Of(s.Counter) - Of(s.Counter)) / s.PerUnit:0.#} {s.Text}")));

    long Of(string counter) => Counters.GetValueOrDefault(counter);
}
