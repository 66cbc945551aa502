namespace SaaS.Analytics.Store;

/// <summary>Ledger rows of one site added up over some minutes.</summary>
/// <param name="At">First of the minutes, UTC.</param>
/// <param name="Outcome">As in <see cref="LedgerRow"/>.</param>
/// <param name="Reason">As in <see cref="LedgerRow"/>.</param>
/// <param name="Events">How many.</param>
public sealed record LedgerSum(DateTime At, string Outcome, string Reason, long Events)
{
    internal static LedgerSum Read(RowReader r) => new(r.Time(), r.Text(), r.Text(), (long)r.UInt64());
}
