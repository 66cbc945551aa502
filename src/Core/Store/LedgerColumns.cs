using static SaaS.Analytics.Store.Column<SaaS.Analytics.Store.LedgerRow>;

namespace SaaS.Analytics.Store;

/// <summary>The columns of <c>ledger</c> in the order in which rows are written and read.</summary>
static class LedgerColumns
{
    public static readonly Column<LedgerRow>[] All =
    [
        Number("site_id", "UInt32", r => (uint)r.SiteId),
        Number("minute", "UInt32", r => (uint)new DateTimeOffset(DateTime.SpecifyKind(r.Minute, DateTimeKind.Utc)).ToUnixTimeSeconds()),
        Number("chunk_id", "UUID", r => r.ChunkId),
        Text("outcome", r => r.Outcome),
        Text("reason", r => r.Reason),
        Number("events", "UInt32", r => (uint)r.Events),
    ];

    public static readonly string Names = string.Join(", ", All.Select(c => c.Name));

    public static LedgerRow Read(RowReader r) =>
        new((int)r.UInt32(), r.Time(), r.Guid(), r.Text(), r.Text(), (int)r.UInt32());
}
