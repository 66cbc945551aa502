using SaaS.Analytics.Store;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>received = stored + duplicate + excluded + invalid + over_quota + dead, per site and minute, once nothing is in flight.</summary>
static class LedgerCheck
{
    public static async Task<List<string>> DifferencesAsync(FaultStack stack, FaultSite site, int rows)
    {
        var store = new LedgerStore(stack.Store, new BlockWriter(stack.Store));
        var ledger = await store.BetweenAsync(site.Id, DateTime.UtcNow.AddDays(-2), DateTime.UtcNow.AddDays(2), default);
        var wrong = ledger.GroupBy(l => l.Minute).Select(Difference).OfType<string>().Select(d => $"site {site.Id}: {d}").ToList();
        var stored = Sum(ledger, l => l.Outcome == "stored");
        if (stored != rows) wrong.Add($"site {site.Id}: the ledger says {stored} stored, there are {rows}");
        return wrong;
    }

    static string? Difference(IGrouping<DateTime, LedgerRow> minute)
    {
        var (received, rest) = (Sum(minute, l => l.Outcome == "received"), Sum(minute, l => l.Outcome != "received"));
        return received == rest ? null
            : $"{minute.Key:HH:mm} {received} received, but {string.Join(", ", minute.GroupBy(l => l.Outcome).Select(g => $"{g.Key} {Sum(g, _ => true)}"))}";
    }

    static long Sum(IEnumerable<LedgerRow> rows, Func<LedgerRow, bool> which) => rows.Where(which).Sum(l => (long)l.Events);
}
