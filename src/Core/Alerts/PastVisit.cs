namespace SaaS.Analytics.Alerts;

/// <summary>A visit before the one an alert is about.</summary>
public sealed record PastVisit(DateTime Start, string Page, string Source, uint Pageviews);
