namespace SaaS.Analytics.Pipeline;

/// <summary>A stored event, as much of it as is needed to recognise a duplicate.</summary>
public readonly record struct SeenEvent(int SiteId, Guid EventId, Guid ChunkId, int ChunkIndex, DateTime ReceivedAt);
