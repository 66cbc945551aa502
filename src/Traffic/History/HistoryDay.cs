using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.History;

/// <summary>One day of the history in the site's zone.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Start">Midnight, UTC.</param>
/// <param name="End">The next midnight, UTC.</param>
/// <param name="Sources">The sources of that day, with the campaigns that run.</param>
/// <param name="Weight">Its share of the traffic, against the other days.</param>
public sealed record HistoryDay(int Number, DateTime Start, DateTime End, Weighted<TrafficSource> Sources, double Weight);
