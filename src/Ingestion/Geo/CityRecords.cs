using MaxMind.Db;

namespace SaaS.Analytics.Ingestion.Geo;

/// <summary>A record of npm's <c>@ip-location-db</c> files.</summary>
[method: Constructor]
sealed class FlatRecord([MapKey("country_code")] string? country, [MapKey("state1")] string? region, [MapKey("city")] string? city)
{
    public string Country { get; } = country ?? "";
    public string Region { get; } = region ?? "";
    public string City { get; } = city ?? "";
}

/// <summary>A record of files with MaxMind's own schema.</summary>
[method: Constructor]
sealed class NestedRecord(
    [MapKey("country")] CodedName? country, [MapKey("subdivisions")] IReadOnlyList<CodedName>? regions,
    [MapKey("city")] CodedName? city, [MapKey("traits")] Traits? traits)
{
    public string Country { get; } = country?.Code ?? "";
    public string Region { get; } = regions is [{ Code.Length: > 0 } region, ..] ? $"{country?.Code}-{region.Code}" : "";
    public string City { get; } = city?.Name ?? "";
    public bool IsAnonymous { get; } = traits?.IsAnonymous ?? false;
}

[method: Constructor]
sealed class CodedName([MapKey("iso_code")] string? code, [MapKey("names")] EnglishName? names)
{
    public string Code { get; } = code ?? "";
    public string Name { get; } = names?.Text ?? "";
}

[method: Constructor]
sealed class EnglishName([MapKey("en")] string? text)
{
    public string Text { get; } = text ?? "";
}

[method: Constructor]
sealed class Traits([MapKey("is_anonymous_proxy")] bool isAnonymous)
{
    public bool IsAnonymous { get; } = isAnonymous;
}

[method: Constructor]
sealed class NetworkRecord([MapKey("autonomous_system_number")] long number)
{
    public uint Number { get; } = (uint)number;
}
