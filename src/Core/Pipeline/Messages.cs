using MassTransit;

namespace SaaS.Analytics.Pipeline;

/// <summary>A chunk to store; sent to the queue of its partition. <see cref="Payload"/> is read with <see cref="ChunkPayload"/>.</summary>
[MessageUrn("analytics:store-chunk")]
public sealed record StoreChunk(Guid ChunkId, string CollectorId, int Partition, int Count, byte[] Payload)
{
    /// <summary>It was, or may have been, sent before: what it holds may be stored already, whatever the clocks say.</summary>
    public bool Repeated { get; init; }
}

/// <summary>A chunk was sealed: starts its saga. Carries what the collector counted, its own drops included.</summary>
[MessageUrn("analytics:chunk-sealed")]
public sealed record ChunkSealed(
    Guid ChunkId, string CollectorId, int Partition, int Count, DateTime SealedAt, IReadOnlyList<ReceiptCount> Counts);

/// <summary>Events of one site received in one minute (UTC): <see cref="Received"/> in all, of which <see cref="Dropped"/> at the door.</summary>
public sealed record ReceiptCount(int SiteId, DateTime Minute, int Received, IReadOnlyList<DropCount> Dropped);

/// <summary>Outcome and reason are those of the ledger (<c>invalid</c>/<c>too_old</c>, <c>excluded</c>/<c>foreign_host</c>, …).</summary>
public sealed record DropCount(string Outcome, string Reason, int Count);

/// <summary>Content of events that a collector dropped as invalid and counted with this chunk; some of them, if they are many.</summary>
[MessageUrn("analytics:events-dropped")]
public sealed record EventsDropped(Guid ChunkId, IReadOnlyList<DroppedEvent> Events);

/// <summary>One of them. <see cref="Event"/> is MemoryPack of a <see cref="SaaS.Analytics.Events.CollectedEvent"/>.</summary>
public sealed record DroppedEvent(int SiteId, DateTime ReceivedAt, string Reason, byte[] Event);

/// <summary>The chunk's rows, visits and ledger are in ClickHouse.</summary>
[MessageUrn("analytics:chunk-stored")]
public sealed record ChunkStored(Guid ChunkId, int Partition, DateTime StoredAt, IReadOnlyList<SiteSummary> Sites)
{
    /// <summary>What is still to be done about the chunk; each channel once.</summary>
    public IReadOnlyList<ChunkEffects> Effects { get; init; } = [];
}

/// <summary>What one channel must do about a chunk. The saga passes it on without knowing what it says.</summary>
/// <param name="Channel">Its queue is that of <see cref="ChunkQueues.Effects"/>.</param>
/// <param name="Content">JSON in the channel's own shape.</param>
public sealed record ChunkEffects(string Channel, string Content);

/// <summary>A channel's part of a chunk that is stored; sent to its queue until <see cref="EffectsKept"/> is heard. May come again.</summary>
[MessageUrn("analytics:effects-due")]
public sealed record EffectsDue(Guid ChunkId, string Channel, string Content);

/// <summary>What the channel must do is rows in PostgreSQL: it will be done whatever happens.</summary>
[MessageUrn("analytics:effects-kept")]
public sealed record EffectsKept(Guid ChunkId, string Channel);

/// <summary>What one chunk brought to one site.</summary>
public sealed record SiteSummary(int SiteId, int Stored, int Duplicates, int Dropped);

/// <summary>The chunk could not be stored; its payload is kept as a failed chunk.</summary>
[MessageUrn("analytics:chunk-failed")]
public sealed record ChunkFailed(Guid ChunkId, int Partition, string Error);

/// <summary>The chunk is Done or Quarantined: its collector may trim it from the spool. Sent to the collector's own queue.</summary>
[MessageUrn("analytics:chunk-finished")]
public sealed record ChunkFinished(Guid ChunkId, string CollectorId);

/// <summary>A collector asks, at start and every minute, how its open chunks stand; answered by <see cref="ChunkStanding"/>.</summary>
[MessageUrn("analytics:chunks-asked")]
public sealed record ChunksAsked(string CollectorId, IReadOnlyList<Guid> ChunkIds);

/// <summary>Answer to <see cref="ChunksAsked"/>, to the collector's own queue: what is unknown was never received and is published again.</summary>
[MessageUrn("analytics:chunk-standing")]
public sealed record ChunkStanding(string CollectorId, IReadOnlyList<Guid> Finished, IReadOnlyList<Guid> Unknown);

/// <summary>
/// Live numbers of all sites that changed, published once a second in one message: a message of its own for each would keep
/// an idle machine busy.
/// </summary>
[MessageUrn("analytics:sites-active")]
public sealed record SitesActive(IReadOnlyList<SiteActivity> Sites);

/// <summary>
/// Live numbers of one site, told while they change, and twice again after the last change: absolute, so that a lost or
/// repeated one does no harm.
/// </summary>
/// <param name="SiteId">The site.</param>
/// <param name="At">Receipt time (UTC) of the newest event counted.</param>
/// <param name="ActiveVisitors">Distinct visitors with any event in the last 5 minutes.</param>
/// <param name="Window">Start of the current 10 s window (UTC).</param>
/// <param name="WindowPageViews">Page views in that window so far.</param>
/// <param name="Events">Events of the site that its worker has stored since it took it over: while this stays, reports need not be read again.</param>
public sealed record SiteActivity(int SiteId, DateTime At, int ActiveVisitors, DateTime Window, int WindowPageViews, long Events);

/// <summary>What a preview of a site's tags saw on a page, for whoever watches it in the portal at this moment. One that is lost is lost.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Session">Of the preview's token.</param>
/// <param name="Moments">JSON, as the page sent it.</param>
[MessageUrn("analytics:preview-seen")]
public sealed record PreviewSeen(int SiteId, string Session, string Moments);
