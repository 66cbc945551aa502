namespace SaaS.Analytics.Store;

/// <summary>
/// ClickHouse refuses an INSERT that touches more than 100 partitions. Rows of imported history are split at months that
/// never depend on what else is in the INSERT, so that each part has a deduplication token of its own.
/// </summary>
static class MonthGroups
{
    const int Months = 96;

    /// <returns>The number of the eight years, and their rows; nearly always one.</returns>
    public static IEnumerable<(int Number, IReadOnlyCollection<T> Rows)> Split<T>(IReadOnlyCollection<T> rows, Func<T, DateTime> time)
    {
        if (rows.Count == 0)
            return [];
        var first = Number(time(rows.First()));
        return rows.All(r => Number(time(r)) == first)
            ? [(first, rows)]
            : rows.GroupBy(r => Number(time(r))).Select(g => (g.Key, (IReadOnlyCollection<T>)[.. g]));
    }

    static int Number(DateTime time) => (time.Year * 12 + time.Month - 1) / Months;
}
