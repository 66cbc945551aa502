namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>What of a site's tags is published where; a part of the site list, so that a publication reaches every collector at once.</summary>
/// <param name="All">Environments with something published.</param>
sealed record TagReleases(TagRelease[] All)
{
    public TagRelease? Find(string key) => Array.Find(All, r => r.Key == key);
}

/// <param name="Environment">Name.</param>
/// <param name="Key">As in the snippet's <c>?env=</c>; empty for live.</param>
/// <param name="Version">Number of the version.</param>
sealed record TagRelease(string Environment, string Key, int Version);
