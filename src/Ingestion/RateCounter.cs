using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SaaS.Analytics.Ingestion;

/// <summary>Counts by key in windows of ten seconds.</summary>
/// <param name="perSecond">Most a key may bring, on average over a window; 0: any number.</param>
/// <param name="time">The clock.</param>
sealed class RateCounter(int perSecond, TimeProvider time)
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>Keys counted in one window: who sends from more addresses at once is no single sender, and must not fill the memory.</summary>
    const int MostKeys = 200_000;
    Window current = new(time.GetTimestamp());

    /// <summary>Counts it; what was refused counts too.</summary>
    public bool Allows(ulong key, int amount)
    {
        if (perSecond == 0) return true;
        var window = Current();
        if (!window.Counts.TryGetValue(key, out var count))
        {
            if (Interlocked.Increment(ref window.Keys) > MostKeys) return true;
            count = window.Counts.GetOrAdd(key, static _ => new StrongBox<long>());
        }
        return Interlocked.Add(ref count.Value, amount) <= perSecond * (long)Length.TotalSeconds;
    }

    Window Current()
    {
        var window = Volatile.Read(ref current);
        if (time.GetElapsedTime(window.Start) < Length) return window;
        var next = new Window(time.GetTimestamp());
        var seen = Interlocked.CompareExchange(ref current, next, window);
        return seen == window ? next : seen;
    }

    sealed class Window(long start)
    {
        public readonly long Start = start;
        public readonly ConcurrentDictionary<ulong, StrongBox<long>> Counts = new();
        public int Keys;
    }
}
