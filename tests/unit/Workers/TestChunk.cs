using MemoryPack;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>A chunk as a collector makes it.</summary>
sealed record TestChunk(int Partition, List<(int SiteId, DateTime At, CollectedEvent Event)> Events)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public byte[]? Garbage { get; init; }

    /// <summary>One page view each of some visitors, and a second one of the first.</summary>
    public static TestChunk Of(Site site, int partition, int visitors, DateTime? at = null)
    {
        var now = at ?? Millisecond(DateTime.UtcNow);
        var events = Enumerable.Range(1, visitors).Append(1).Select((v, i) =>
            (site.Id, now.AddMilliseconds(i), View(site, (ulong)v + 1000, now.AddMilliseconds(i)))).ToList();
        return new TestChunk(partition, events);
    }

    public static CollectedEvent View(Site site, ulong visitor, DateTime at) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = at, ClientTimestamp = at, Url = $"https://{site.Domain}/p/{at.Ticks}",
        Mode = VisitorMode.Cookieless, CookielessId = visitor,
        UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    };

    public static DateTime Millisecond(DateTime t) => new(t.Ticks - t.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    public StoreChunk Store() => new(Id, WorkerHost.Collector, Partition, Events.Count, Garbage ?? Payload());

    /// <param name="spoiled">Index of an event whose bytes mean nothing; −1: none.</param>
    public byte[] Payload(int spoiled = -1) => ChunkPayload.Write(
        [.. Events.Select((e, i) => (e.SiteId, e.At, (ReadOnlyMemory<byte>)(i == spoiled ? [0xFF, 0xFF] : MemoryPackSerializer.Serialize(e.Event))))]);

    public ChunkSealed Sealed() => new(Id, WorkerHost.Collector, Partition, Events.Count, DateTime.UtcNow,
        [.. Events.GroupBy(e => (e.SiteId, Minute: Minute(e.At))).Select(g =>
            new ReceiptCount(g.Key.SiteId, g.Key.Minute, g.Count() + 2, [new DropCount("invalid", "too_old", 2)]))]);

    public static DateTime Minute(DateTime t) => new(t.Ticks - t.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
}
