using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Traffic.Live;

/// <summary>Plays one visit in real time.</summary>
sealed class LiveVisit(LiveTarget target, HttpClient http, TimeProvider time)
{
    /// <summary>The tracker gathers events for a moment before it sends.</summary>
    static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <exception cref="HttpRequestException">The collector was not reached or did not accept.</exception>
    public async Task PlayAsync(Visit visit, CancellationToken cancel)
    {
        for (var next = 0; next < visit.Events.Count;)
        {
            var until = visit.Events[next].Timestamp + Gather;
            var batch = visit.Events.Skip(next).TakeWhile(e => e.Timestamp <= until).ToList();
            next += batch.Count;
            await UntilAsync(batch[^1].Timestamp, cancel);
            await SendAsync(visit, batch, cancel);
        }
    }

    async Task UntilAsync(DateTime moment, CancellationToken cancel)
    {
        // A timer may fire a little early, and the collector corrects clocks that are ahead of its own.
        while (moment - time.GetUtcNow().UtcDateTime is { Ticks: > 0 } wait) await Task.Delay(wait + Tick, time, cancel);
    }

    async Task SendAsync(Visit visit, List<CollectedEvent> batch, CancellationToken cancel)
    {
        using var request = Beacon.Request(target, visit, batch, time.GetUtcNow().UtcDateTime);
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
    }
}
