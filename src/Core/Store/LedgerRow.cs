namespace SaaS.Analytics.Store;

/// <summary>A row of <c>ledger</c>: what became of events of one site, received in one minute, in one chunk.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Minute">Minute of receipt, UTC.</param>
/// <param name="ChunkId">The chunk that carried them.</param>
/// <param name="Outcome"><c>received</c>, <c>stored</c>, <c>duplicate</c>, <c>excluded</c>, <c>invalid</c>, <c>over_quota</c> or <c>dead</c>.</param>
/// <param name="Reason">Why, for the outcomes that have reasons; else empty.</param>
/// <param name="Events">How many.</param>
public sealed record LedgerRow(int SiteId, DateTime Minute, Guid ChunkId, string Outcome, string Reason, int Events);
