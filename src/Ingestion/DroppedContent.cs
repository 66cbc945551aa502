using System.Text.Json;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>The content of dropped events of one chunk, as JSON.</summary>
static class DroppedContent
{
    /// <summary>Kept of one chunk.</summary>
    public const int MostEvents = 100;

    /// <returns>Null where there is none.</returns>
    public static byte[]? Of(IReadOnlyCollection<PendingDrop> drops)
    {
        var events = drops.SelectMany(d => (d.Drop.Events ?? []).Select(e => new DroppedEvent(d.SiteId, d.ReceivedAt, d.Drop.Reason, e))).Take(MostEvents).ToList();
        return events.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(events);
    }

    public static IReadOnlyList<DroppedEvent> Read(byte[]? content) =>
        content is null ? [] : JsonSerializer.Deserialize<List<DroppedEvent>>(content) ?? [];
}
