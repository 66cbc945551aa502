using System.Text.Json;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Counts a chunk's records per site and minute of receipt, as JSON.</summary>
static class ReceiptCounts
{
    public static byte[] Of(IEnumerable<PendingEvent> events, IEnumerable<PendingDrop> drops)
    {
        var received = new SortedDictionary<(int Site, DateTime Minute), int>();
        foreach (var e in events) Count(received, (e.SiteId, Minute(e.ReceivedAt)), 1);
        var dropped = drops.ToLookup(d => (d.SiteId, Minute(d.ReceivedAt)), d => d.Drop);
        foreach (var group in dropped) Count(received, group.Key, group.Sum(d => d.Count));
        return JsonSerializer.SerializeToUtf8Bytes(received.Select(r =>
            new ReceiptCount(r.Key.Site, r.Key.Minute, r.Value, [.. Drops(dropped[r.Key])])));
    }

    static IEnumerable<DropCount> Drops(IEnumerable<DropRecord> drops) => drops
        .GroupBy(d => (d.Outcome, d.Reason))
        .Select(g => new DropCount(g.Key.Outcome, g.Key.Reason, g.Sum(d => d.Count)));

    static void Count(SortedDictionary<(int, DateTime), int> counts, (int, DateTime) key, int by) =>
        counts[key] = counts.GetValueOrDefault(key) + by;

    static DateTime Minute(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
}
