using MemoryPack;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>Some of the events of one request that were rejected, so that their owner can see them; bounded, as anybody can send them.</summary>
sealed class RejectedContent
{
    const int MostEvents = 20;
    const int MostBytes = 16 * 1024;
    readonly List<(string Code, byte[] Event)> kept = [];
    int bytes;

    public void Keep(string code, CollectedEvent e)
    {
        if (kept.Count >= MostEvents || bytes >= MostBytes) return;
        var content = MemoryPackSerializer.Serialize(e);
        bytes += content.Length;
        kept.Add((code, content));
    }

    public byte[][] Of(string code) => [.. kept.Where(k => k.Code == code).Select(k => k.Event)];
}
