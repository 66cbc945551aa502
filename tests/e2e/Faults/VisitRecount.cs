namespace SaaS.Analytics.E2E.Faults;

/// <summary>A visit as the definition reads: events of one person with gaps of at most 30 minutes.</summary>
sealed record CountedVisit(int SiteId, string Person, IReadOnlyList<SentEvent> Events)
{
    static readonly TimeSpan Gap = TimeSpan.FromMinutes(30);

    public (DateTime Start, DateTime End, uint PageViews, uint Events) Numbers =>
        (Events[0].At, Events[^1].At, (uint)Events.Count(e => e.IsPageView), (uint)Events.Count);

    public static List<CountedVisit> Of(IEnumerable<SentEvent> events) =>
        [.. events.GroupBy(e => (e.SiteId, e.Person)).SelectMany(g => Split([.. g.OrderBy(e => e.At)]))];

    static IEnumerable<CountedVisit> Split(SentEvent[] events)
    {
        for (var from = 0; from < events.Length;)
        {
            var to = from + 1;
            while (to < events.Length && events[to].At - events[to - 1].At <= Gap) to++;
            yield return new CountedVisit(events[0].SiteId, events[0].Person, events[from..to]);
            from = to;
        }
    }
}

/// <summary>Compares the table of visits, and the visit that each event names, with visits counted from what was sent.</summary>
static class VisitRecount
{
    public static IEnumerable<string> Differences(StoredTraffic stored, IReadOnlyCollection<CountedVisit> counted)
    {
        var visits = stored.Visits.ToDictionary(v => v.Id);
        var rows = stored.Events.GroupBy(e => e.Id).ToDictionary(g => g.Key, g => g.First());
        var met = new HashSet<ulong>();
        foreach (var visit in counted)
        {
            ulong[] ids = [.. visit.Events.Select(e => Survivor(rows[e.Id].Visit, visits)).Distinct()];
            if (ids.Length != 1) yield return $"{visit.Person}: one visit is {ids.Length}: {string.Join(", ", visit.Events.Select(e => $"{e.At:HH:mm:ss.fff} {Survivor(rows[e.Id].Visit, visits)}"))}";
            else if (!met.Add(ids[0])) yield return $"{visit.Person}: shares visit {ids[0]} with others";
            else if (!visits.TryGetValue(ids[0], out var row)) yield return $"{visit.Person}: no visit {ids[0]}";
            else if ((row.Start, row.End, row.PageViews, row.Events) != visit.Numbers)
                yield return $"{visit.Person}: visit {ids[0]} is {(row.Start, row.End, row.PageViews, row.Events)}, not {visit.Numbers}";
        }
        foreach (var phantom in stored.Visits.Where(v => v.MergedInto == 0 && !met.Contains(v.Id)))
            yield return $"visit {phantom.Id} of {phantom.Events} events is nobody's";
    }

    static ulong Survivor(ulong id, Dictionary<ulong, StoredVisit> visits)
    {
        while (visits.TryGetValue(id, out var visit) && visit.MergedInto != 0) id = visit.MergedInto;
        return id;
    }
}
