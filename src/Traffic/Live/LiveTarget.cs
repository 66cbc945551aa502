namespace SaaS.Analytics.Traffic.Live;

/// <summary>Where live visitors go, and how many come.</summary>
/// <param name="Collector">Origin of the collector.</param>
/// <param name="TrackingId">The site.</param>
/// <param name="VisitsPerSecond">Arrivals per second, on average.</param>
public sealed record LiveTarget(Uri Collector, string TrackingId, double VisitsPerSecond = 2);
