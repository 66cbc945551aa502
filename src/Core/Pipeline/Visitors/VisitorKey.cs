namespace SaaS.Analytics.Pipeline.Visitors;

/// <summary>A visitor id on a site.</summary>
public readonly record struct VisitorKey(int SiteId, ulong VisitorId);
