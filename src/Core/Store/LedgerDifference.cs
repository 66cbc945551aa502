namespace SaaS.Analytics.Store;

/// <summary>A minute of a site that does not add up.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Minute">Minute of receipt, UTC.</param>
/// <param name="Received">Events received, as the ledger says.</param>
/// <param name="Settled">Events of which it says what became of them.</param>
/// <param name="Stored">Those of them that it says are stored.</param>
/// <param name="Rows">Rows of <c>events</c>.</param>
public sealed record LedgerDifference(int SiteId, DateTime Minute, long Received, long Settled, long Stored, long Rows)
{
    /// <summary>False where events in flight explain it: these may be in the table already and not yet in the ledger.</summary>
    public bool IsMoreThan(long inFlight) => Received < Settled || Received > Settled + inFlight || Rows < Stored || Rows > Stored + inFlight;

    internal static LedgerDifference Read(RowReader r) =>
        new((int)r.UInt32(), r.Time(), (long)r.UInt64(), (long)r.UInt64(), (long)r.UInt64(), (long)r.UInt64());
}
