using System.Collections.Concurrent;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>An event as its client knows it.</summary>
sealed record SentEvent(Guid Id, int SiteId, string Person, DateTime At, bool IsPageView)
{
    /// <summary>202 has come for it.</summary>
    public volatile bool Answered;
}

/// <summary>What the clients sent and what they were answered: the truth that the stores are compared with.</summary>
sealed class TrafficLog
{
    readonly ConcurrentDictionary<Guid, SentEvent> sent = [];
    readonly ConcurrentQueue<double> latencies = [];
    readonly ConcurrentDictionary<string, int> failures = [];
    int answered;

    /// <summary>Told at each 202.</summary>
    public Action Heard { get; set; } = () => { };

    public IReadOnlyDictionary<Guid, SentEvent> Sent => (IReadOnlyDictionary<Guid, SentEvent>)sent;

    public int Answered => Volatile.Read(ref answered);

    /// <summary>How often each answer other than 202 came, or none at all.</summary>
    public IReadOnlyDictionary<string, int> Failures => failures;

    public void Sending(IEnumerable<SentEvent> events)
    {
        foreach (var e in events) sent.TryAdd(e.Id, e);
    }

    public void Accepted(IReadOnlyCollection<SentEvent> events, TimeSpan latency)
    {
        foreach (var e in events)
            if (!e.Answered)
            {
                e.Answered = true;
                Interlocked.Increment(ref answered);
            }
        latencies.Enqueue(latency.TotalMilliseconds);
        Heard();
    }

    public void Failed(string why) => failures.AddOrUpdate(why, 1, (_, count) => count + 1);

    /// <summary>The 99th percentile, in milliseconds, of the answers since the last call.</summary>
    public double TakeP99()
    {
        var taken = new List<double>();
        while (latencies.TryDequeue(out var one)) taken.Add(one);
        taken.Sort();
        return taken.Count == 0 ? double.NaN : taken[(int)(taken.Count * 0.99)];
    }
}
