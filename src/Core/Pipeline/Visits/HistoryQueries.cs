using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>What is asked of the store for <see cref="StoredHistory"/>; all of one site.</summary>
/// <param name="EventsOfPeople">Events of a time that are taken for one of the ids, or came with one of them.</param>
/// <param name="EventsOfDays">Events of some UTC days that are taken for one of the visitors.</param>
/// <param name="Owners">Visitors of events since a time that came with one of the ids as user or device.</param>
/// <param name="Visits">Newest rows of the visits of some visitors, tombstones left out.</param>
/// <param name="Visitors">Newest rows of some visitors.</param>
public sealed record HistoryQueries(
    Func<IReadOnlyList<ulong>, DateTime, DateTime, Task<List<EventRow>>> EventsOfPeople,
    Func<IReadOnlyList<ulong>, IReadOnlyCollection<DateOnly>, Task<List<EventRow>>> EventsOfDays,
    Func<IReadOnlyList<ulong>, DateTime, Task<List<ulong>>> Owners,
    Func<IReadOnlyList<ulong>, Task<List<VisitRow>>> Visits,
    Func<IReadOnlyList<ulong>, Task<List<VisitorRow>>> Visitors)
{
    /// <summary>More are not read at once: a partition's chunks wait meanwhile, and memory has an end.</summary>
    public const int MostEvents = 50_000;

    static readonly TimeSpan Around = TimeSpan.FromHours(30);

    /// <summary>An unbroken row of events that is longer is taken as it is: no person makes one.</summary>
    static readonly TimeSpan Widest = TimeSpan.FromDays(40);

    /// <param name="repairs">Who, and when; of one site.</param>
    /// <returns>Null where they, and whom they share ids with, have more than <see cref="MostEvents"/> events.</returns>
    public async Task<StoredHistory?> ReadAsync(IReadOnlyCollection<VisitRepair> repairs)
    {
        for (var around = Around; ; around *= 3)
        {
            var history = await ReadAsync(repairs, around);
            if (around > Widest || history?.IsEnclosed != false)
                return history;
        }
    }

    async Task<StoredHistory?> ReadAsync(IReadOnlyCollection<VisitRepair> repairs, TimeSpan around)
    {
        HashSet<ulong> asked = [];
        var history = new StoredHistory(
            repairs, repairs.Min(r => r.From).Date - around, repairs.Max(r => r.To).Date.AddDays(1) + around, [], [], []);
        while (history.Unasked(asked) is { Count: > 0 } ids)
            if ((history = await AddAsync(history, ids)).Events.Count > MostEvents)
                return null;
        return history;
    }

    async Task<StoredHistory> AddAsync(StoredHistory history, IReadOnlyList<ulong> ids)
    {
        history = history with
        {
            Visits = [.. history.Visits, .. await Visits(ids)],
            Visitors = [.. history.Visitors, .. await Visitors(ids)],
            Owners = await Owners(ids, history.From),
        };
        var events = history.Events.Concat(await EventsOfPeople(ids, history.From, history.To));
        if (history.OtherDays([.. ids]) is { Count: > 0 } days)
            events = events.Concat(await EventsOfDays(ids, days));
        return history with { Events = [.. events.DistinctBy(e => (e.ChunkId, e.ChunkIndex, e.VisitorId))] };
    }
}
