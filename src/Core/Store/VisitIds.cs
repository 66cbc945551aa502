namespace SaaS.Analytics.Store;

/// <summary>Ids that one or more events of a visit came with; 0 where they had none.</summary>
public sealed record VisitIds(int SiteId, ulong VisitId, ulong DeviceId, ulong UserHash, ulong CookielessId)
{
    internal const string Columns = "site_id, visit_id, device_id, user_hash, cookieless_id";

    internal static VisitIds Read(RowReader r) => new((int)r.UInt32(), r.UInt64(), r.UInt64(), r.UInt64(), r.UInt64());
}
