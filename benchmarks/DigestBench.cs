using System.Diagnostics;
using MemoryPack;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Bench;

/// <summary>
/// Enrichment and visits of demo traffic in this process, on one core, without store and broker: what one event costs. The
/// chunks are made before, as a collector packs them; reading them is a worker's work too, so that the collections of
/// generation 2 are those of the whole loop, with nothing collected by hand.
/// </summary>
static class DigestBench
{
    const int Rounds = 5;
    const int WarmUp = 100_000;
    const int Measured = 200_000;
    const int ChunkEvents = 5_000;
    const double Million = 1_000_000;
    static readonly SiteRules Site = new(1, TimeSpan.FromMinutes(30), [ShopProfile.Host]);

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var processor = ChunkProcessor.Create();
        var state = new PartitionState();
        ulong version = 0;
        var chunks = new Queue<byte[]>(Chunks());
        Digest(WarmUp);
        var before2 = GC.CollectionCount(2);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Digest(Measured)).ToList();
        var collections = GC.CollectionCount(2) - before2;
        Console.Error.WriteLine($"reading a chunk: {Median.Of(rounds.Select(r => r.Reading)):0.0} µs/event");
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            Figure.Within("digest-time", Median.Of(rounds.Select(r => r.Digesting)), "µs/event", 15),
            Figure.Within("digest-memory", Median.Of(rounds.Select(r => r.Bytes)), "B/event", 1024),
            Figure.Within("digest-gen2", collections * Million / (Rounds * Measured), "per million", 1),
        ]);

        (double Reading, double Digesting, double Bytes) Digest(int events)
        {
            var (reading, digesting, bytes) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
            for (var done = 0; done < events; done += ChunkEvents)
            {
                var watch = Stopwatch.StartNew();
                var chunk = ChunkPayload.Read(chunks.Dequeue());
                reading += watch.Elapsed;
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                watch.Restart();
                processor.Process(Guid.CreateVersion7(), chunk, state, _ => Site, ++version);
                digesting += watch.Elapsed;
                bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
            }
            return (reading.TotalMicroseconds / events, digesting.TotalMicroseconds / events, (double)bytes / events);
        }
    }

    static IEnumerable<byte[]> Chunks()
    {
        var to = DateTime.UtcNow.Date;
        var plan = new HistoryPlan(Site.SiteId, ShopProfile.Create(), TimeZoneInfo.Utc, to.AddDays(-30), to, WarmUp + Rounds * Measured + 2 * ChunkEvents);
        return new EventHistory(plan).Events().Chunk(ChunkEvents)
            .Select(events => ChunkPayload.Write([.. events.Select(e => (Site.SiteId, e.Timestamp, (ReadOnlyMemory<byte>)MemoryPackSerializer.Serialize(e)))]));
    }
}
