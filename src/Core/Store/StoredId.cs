namespace SaaS.Analytics.Store;

/// <summary>An event known to be stored, and its place in the chunk that brought it.</summary>
public sealed record StoredId(int SiteId, Guid EventId, Guid ChunkId, int ChunkIndex, DateTime ReceivedAt)
{
    internal const string Columns = "site_id, event_id, chunk_id, chunk_index, received_at";

    internal static StoredId Read(RowReader r) => new((int)r.UInt32(), r.Guid(), r.Guid(), r.UInt16(), r.Time());
}

/// <summary>Receipt of a visitor's newest event.</summary>
public sealed record VisitorHeard(int SiteId, ulong VisitorId, DateTime At)
{
    internal static VisitorHeard Read(RowReader r) => new((int)r.UInt32(), r.UInt64(), r.Time());
}
