using MaxMind.Db;

namespace SaaS.Analytics.Ingestion;

/// <summary>What a country database says of an address.</summary>
[method: Constructor]
sealed class CountryRecord([MapKey("country_code")] string? countryCode)
{
    public string CountryCode { get; } = countryCode ?? "";
}
