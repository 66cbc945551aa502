using MassTransit;
using MemoryPack;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Keeps what collectors dropped as invalid, so that its owner can see why and replay it.</summary>
public sealed class EventsDroppedConsumer(IDbContextFactory<SystemDb> databases) : IConsumer<EventsDropped>
{
    public async Task Consume(ConsumeContext<EventsDropped> context)
    {
        var dropped = context.Message;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await FailedEventRows.KeepAsync(db, dropped.ChunkId, [.. dropped.Events.Select(Row)], context.CancellationToken);
    }

    /// <summary>Places below zero: those from zero on are of events in the chunk.</summary>
    static FailedEventRow Row(DroppedEvent dropped, int index)
    {
        var e = MemoryPackSerializer.Deserialize<CollectedEvent>(dropped.Event)!;
        return new FailedEventRow(dropped.SiteId, -1 - index, e.Id, StoredText.Of(e.Name), dropped.Reason, "", dropped.ReceivedAt, dropped.Event);
    }
}
