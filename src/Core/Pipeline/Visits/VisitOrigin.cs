using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

// What a visit has from its first event, in three parts because the parts repeat among visits and are shared.

/// <summary>Where a visit came from.</summary>
sealed record Attribution(
    string Referrer, string ReferrerHost, string Source, string SourceCategory, string Channel,
    string UtmSource, string UtmMedium, string UtmCampaign, string UtmTerm, string UtmContent, string ClickId)
    : IComparable<Attribution>
{
    public static Attribution Of(EventRow r) => new(
        r.Referrer, r.ReferrerHost, r.Source, r.SourceCategory, r.Channel,
        r.UtmSource, r.UtmMedium, r.UtmCampaign, r.UtmTerm, r.UtmContent, r.ClickId);

    public static Attribution Of(VisitRow r) => new(
        r.Referrer, r.ReferrerHost, r.Source, r.SourceCategory, r.Channel,
        r.UtmSource, r.UtmMedium, r.UtmCampaign, r.UtmTerm, r.UtmContent, r.ClickId);

    public void CopyTo(VisitRow r)
    {
        (r.Referrer, r.ReferrerHost, r.Source, r.SourceCategory, r.Channel) = (Referrer, ReferrerHost, Source, SourceCategory, Channel);
        (r.UtmSource, r.UtmMedium, r.UtmCampaign, r.UtmTerm, r.UtmContent) = (UtmSource, UtmMedium, UtmCampaign, UtmTerm, UtmContent);
        r.ClickId = ClickId;
    }

    /// <summary>Which of two first events of the same millisecond decides must not depend on their order: one that names a source.</summary>
    public int CompareTo(Attribution? other) => string.CompareOrdinal(other?.Key, Key);

    string Key => string.Join('\n', Source, Channel, UtmCampaign, UtmMedium, UtmTerm, UtmContent, ClickId);
}

/// <summary>Where the visitor was.</summary>
sealed record Place(string Country, string Region, string City)
{
    public static Place Of(EventRow r) => new(r.Country, r.Region, r.City);

    public static Place Of(VisitRow r) => new(r.Country, r.Region, r.City);

    public void CopyTo(VisitRow r) => (r.Country, r.Region, r.City) = (Country, Region, City);
}

/// <summary>What the visitor used, and whether it looked like a program.</summary>
sealed record Device(
    string Browser, string BrowserVersion, string Os, string OsVersion, string DeviceType, string DeviceBrand, string DeviceModel,
    string Language, string Screen, byte BotScore, string BotName)
{
    public static Device Of(EventRow r) => new(
        r.Browser, r.BrowserVersion, r.Os, r.OsVersion, r.DeviceType, r.DeviceBrand, r.DeviceModel, r.Language, r.Screen, r.BotScore, r.BotName);

    public static Device Of(VisitRow r) => new(
        r.Browser, r.BrowserVersion, r.Os, r.OsVersion, r.DeviceType, r.DeviceBrand, r.DeviceModel, r.Language, r.Screen, r.BotScore, r.BotName);

    public void CopyTo(VisitRow r)
    {
        (r.Browser, r.BrowserVersion, r.Os, r.OsVersion) = (Browser, BrowserVersion, Os, OsVersion);
        (r.DeviceType, r.DeviceBrand, r.DeviceModel) = (DeviceType, DeviceBrand, DeviceModel);
        (r.Language, r.Screen, r.BotScore, r.BotName) = (Language, Screen, BotScore, BotName);
    }

    /// <summary>The strongest evidence of any event counts for the visit, whatever their order.</summary>
    public Device Judged(byte score, string name) =>
        score > BotScore || (score == BotScore && string.CompareOrdinal(name, BotName) > 0) ? this with { BotScore = score, BotName = name } : this;
}
