namespace SaaS.Analytics.Store;

/// <summary>Ids that one or more events of a visit came with; 0 where they had none.</summary>
public sealed record VisitIds(int SiteId, ulong VisitId, ulong DeviceId, ulong UserHash, ulong CookielessId)
{
    /// <summary>Time of the last of these events, UTC.</summary>
    public DateTime LastAt { get; init; }

    internal static readonly string Columns =
        $"site_id, visit_id, device_id, user_hash, {EventColumns.CookielessId} AS cookieless, max(timestamp) AS last_at";

    internal static VisitIds Read(RowReader r) =>
        new((int)r.UInt32(), r.UInt64(), r.UInt64(), r.UInt64(), r.UInt64()) { LastAt = r.Time() };

    /// <summary>Each that there is.</summary>
    internal IEnumerable<ulong> All() => ((ulong[])[UserHash, DeviceId, CookielessId]).Where(id => id != 0);
}
