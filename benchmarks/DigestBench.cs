using System.Diagnostics;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Bench;

/// <summary>Enrichment and visits of demo traffic in this process, on one core, without store and broker: what one event costs.</summary>
static class DigestBench
{
    const int Rounds = 5;
    const int WarmUp = 100_000;
    const int Measured = 40_000;
    const int ChunkEvents = 5_000;
    const double Million = 1_000_000;
    static readonly SiteRules Site = new(1, TimeSpan.FromMinutes(30), [ShopProfile.Host]);

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var processor = ChunkProcessor.Create();
        var state = new PartitionState();
        ulong version = 0;
        using var chunks = Chunks().GetEnumerator();
        Digest(WarmUp);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Digest(Measured)).ToList();
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            Figure.Within("digest-time", Median.Of(rounds.Select(r => r.Microseconds)), "µs/event", 15),
            Figure.Within("digest-memory", Median.Of(rounds.Select(r => r.Bytes)), "B/event", 1024),
            Figure.Within("digest-gen2", rounds.Sum(r => r.Collections) * Million / (Rounds * Measured), "per million", 1),
        ]);

        (double Microseconds, double Bytes, int Collections) Digest(int events)
        {
            var (time, bytes, collections) = (TimeSpan.Zero, 0L, 0);
            for (var done = 0; done < events && chunks.MoveNext(); done += ChunkEvents)
            {
                // What made the events is not what is measured.
                GC.Collect();
                var (watch, before, before2) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(2));
                processor.Process(Guid.CreateVersion7(), chunks.Current, state, _ => Site, ++version);
                time += watch.Elapsed;
                bytes += GC.GetAllocatedBytesForCurrentThread() - before;
                collections += GC.CollectionCount(2) - before2;
            }
            return (time.TotalMicroseconds / events, (double)bytes / events, collections);
        }
    }

    static IEnumerable<ChunkEvent[]> Chunks()
    {
        var to = DateTime.UtcNow.Date;
        var plan = new HistoryPlan(Site.SiteId, ShopProfile.Create(), TimeZoneInfo.Utc, to.AddDays(-30), to, WarmUp + Rounds * Measured + ChunkEvents);
        return new EventHistory(plan).Events().Chunk(ChunkEvents)
            .Select(events => events.Select((e, i) => new ChunkEvent(i, Site.SiteId, e.Timestamp, e)).ToArray());
    }
}
