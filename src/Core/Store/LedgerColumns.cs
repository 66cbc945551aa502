using static SaaS.Analytics.Store.Column<SaaS.Analytics.Store.LedgerRow>;

namespace SaaS.Analytics.Store;

/// <summary>The columns of <c>ledger</c> in the order in which rows are written and read.</summary>
static class LedgerColumns
{
    public static readonly Column<LedgerRow>[] All =
    [
        Number("site_id", r => (uint)r.SiteId),
        Number("minute", r => (uint)new DateTimeOffset(DateTime.SpecifyKind(r.Minute, DateTimeKind.Utc)).ToUnixTimeSeconds()),
        Id("chunk_id", r => r.ChunkId),
        Text("outcome", r => r.Outcome),
        Text("reason", r => r.Reason),
        Number("events", r => (uint)r.Events),
    ];

    public static readonly string Names = string.Join(", ", All.Select(c => c.Name));

    public static LedgerRow Read(RowReader r) =>
        new((int)r.UInt32(), r.Time(), r.Guid(), r.Text(), r.Text(), (int)r.UInt32());
}
