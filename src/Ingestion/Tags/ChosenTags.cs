using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>What of a site's tags one request gets.</summary>
/// <param name="Release">Null where nothing is published there.</param>
/// <param name="Content">Null where there is none, or it cannot be had at the moment.</param>
sealed record ChosenTags(TagRelease? Release, ContainerContent? Content)
{
    /// <summary>Of the place the request comes from; null where none is for it.</summary>
    public RegionConsent? Rule { get; init; }

    /// <summary>What was delivered before, as what is published now cannot be had: it must not be kept.</summary>
    public bool IsOld { get; init; }

    /// <summary>Something is published, and cannot be had: what is delivered now must not be kept.</summary>
    public bool Missing => Release is not null && Content is null;

    /// <summary>Others may get another script from the same address: no cache may share it.</summary>
    public bool IsRegional => Content is { Consent.IsRegional: true };

    /// <summary>Equal for requests that get the same of the same environment.</summary>
    public string Variant => Rule is null ? "" : $"{Rule.Analytics} {Rule.Ads} {Rule.Personalization}";

    /// <summary>Where a rule says otherwise, or none can be read, nobody is remembered without being asked, whatever the site's own setting is.</summary>
    public bool MayRemember => !Missing && Rule is null or { Analytics: ConsentDefaults.Granted };
}
