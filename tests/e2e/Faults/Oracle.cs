using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Compares what the product holds and reports with what was sent and answered.</summary>
sealed class Oracle(FaultStack stack, IReadOnlyList<FaultSite> sites, TrafficLog log)
{
    const int Told = 10;

    /// <summary>What the collector's clock is off by: it takes the visitors' clocks for the wrong ones, so their times are not compared.</summary>
    public TimeSpan Shift { get; init; }

    bool Exact => Shift == TimeSpan.Zero;

    /// <summary>Waits until nothing is on its way and everything agrees.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It does not come to agree; the message lists what differs.</exception>
    public async Task AgreesAsync()
    {
        string differences = "";
        for (var end = TimeProvider.System.GetUtcNow() + Wait.Long; TimeProvider.System.GetUtcNow() < end; await Task.Delay(1000))
            if ((differences = string.Join('\n', (await DifferencesAsync()).Take(Told))).Length == 0) return;
        Assert.Fail($"{differences}\n{string.Join("\n\n", stack.Parts.Select(p => $"{p.Name}: {p.Log(15)}"))}");
    }

    async Task<List<string>> DifferencesAsync()
    {
        var stored = await StoredTraffic.ReadAsync(stack.Store, sites);
        var known = stored.Events.Where(e => log.Sent.ContainsKey(e.Id)).Select(e => log.Sent[e.Id]).Distinct().ToList();
        var visits = CountedVisit.Of(known);
        var differences = Raw(stored).Concat(Exact ? VisitRecount.Differences(stored, visits) : []).ToList();
        if (await InFlightAsync() is > 0 and var chunks) differences.Add($"{chunks} chunks are in flight");
        if (differences.Count > 0) return differences;
        foreach (var site in sites)
        {
            differences.AddRange(await LedgerCheck.DifferencesAsync(stack, site, stored.Events.Count(e => e.SiteId == site.Id)));
            if (Exact && await ReportCheck.DifferenceAsync(stack, site, [.. visits.Where(v => v.SiteId == site.Id)]) is { } wrong) differences.Add(wrong);
        }
        return differences;
    }

    IEnumerable<string> Raw(StoredTraffic stored)
    {
        var ids = stored.Events.Select(e => e.Id).ToHashSet();
        if (log.Sent.Values.Count(e => e.Answered && !ids.Contains(e.Id)) is > 0 and var lost) yield return $"{lost} of {log.Answered} answered events are lost";
        if (ids.Count(id => !log.Sent.ContainsKey(id)) is > 0 and var phantom) yield return $"{phantom} stored events were never sent";
        if (stored.Events.Count - ids.Count is > 0 and var doubled) yield return $"{doubled} rows are double";
        if (Exact && stored.Events.Count(e => log.Sent.TryGetValue(e.Id, out var sent) && sent.At != e.At) is > 0 and var moved) yield return $"{moved} events have another time";
    }

    async Task<int> InFlightAsync()
    {
        await using var db = stack.SystemDatabase();
        return await db.Chunks.CountAsync(c => c.FinishedAt == null);
    }
}
