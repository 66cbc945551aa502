namespace SaaS.Analytics.Store;

/// <summary>When a visit was.</summary>
public readonly record struct VisitSpan(int SiteId, ulong VisitorId, ulong VisitId, DateTime Start, DateTime End);
