using System.Diagnostics;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Bench;

/// <summary>What this process keeps with a million open visits of a million visitors, each with two page views, in four partitions.</summary>
static class OpenVisitsBench
{
    const int Visits = 1_000_000;
    const int Partitions = 4;
    const int Chunk = 5_000;
    const double Limit = 500;
    const double Megabyte = 1_000_000;
    static readonly SiteRules Site = new(1, TimeSpan.FromMinutes(30), ["example.com"]);

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var processor = ChunkProcessor.Create();
        var states = Enumerable.Range(0, Partitions).Select(_ => new PartitionState()).ToArray();
        var start = DateTime.UtcNow.Date;
        ulong version = 0;
        for (var first = 0; first < Visits; first += Chunk / 2)
        {
            // A million visits open within 25 minutes; events of the last ten are remembered by their ids too.
            var at = start.AddMinutes(25.0 * first / Visits);
            var events = Enumerable.Range(0, Chunk).Select(i => new ChunkEvent(i, Site.SiteId, at, View(first + i / 2, at.AddMilliseconds(i))));
            processor.Process(Guid.CreateVersion7(), [.. events], states[first / (Chunk / 2) % Partitions], _ => Site, ++version);
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var open = states.Sum(s => s.OpenVisitIds);
        using var me = Process.GetCurrentProcess();
        Console.Error.WriteLine($"{open} open visits; heap {GC.GetTotalMemory(true) / Megabyte:n0} MB");
        return Task.FromResult<IReadOnlyList<Figure>>([Figure.Within("open-visits-memory", me.WorkingSet64 / Megabyte, "MB", Limit)]);
    }

    static CollectedEvent View(int visitor, DateTime at) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = at, ClientTimestamp = at, Mode = VisitorMode.Consented,
        ConsentedId = (ulong)visitor + 1, Url = $"https://example.com/page/{visitor % 500}?utm_source=news", Referrer = "https://www.google.com/",
        UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", Language = "en-GB", Screen = "1920x1080",
        Country = "AT",
    };
}
