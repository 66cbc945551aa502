using System.Text.Json;
using System.Text.Json.Serialization;

namespace SaaS.Analytics.Tags;

/// <summary>What holds until a visitor decides: granted, denied, or wait. In some places it may be something else.</summary>
public sealed record ConsentDefaults
{
    public const string Wait = "wait";
    public const string Granted = "granted";
    public const string Denied = "denied";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string Analytics { get; init; } = Wait;
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string Ads { get; init; } = Wait;
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string Personalization { get; init; } = Wait;

    /// <summary>Google's consent mode is told the state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public bool Google { get; init; } = true;

    /// <summary>Places where something else holds; null where it is the same everywhere.</summary>
    public IReadOnlyList<RegionConsent>? Regions { get; init; }

    [JsonIgnore] public bool IsRegional => Regions is { Count: > 0 };

    [JsonIgnore] public bool IsWhole => Analytics is not null && Ads is not null && Personalization is not null && (Regions ?? []).All(r => r is { Places: not null, Analytics: not null, Ads: not null, Personalization: not null });

    /// <summary>
    /// The rule for a visitor from there: one that names the state or province before one that names the country, and that before
    /// the EEA. Where the country is not known it is the strictest of everything that is set.
    /// </summary>
    /// <param name="country">ISO 3166-1 alpha-2; anything else is no country.</param>
    /// <param name="region">Code or name, as data about addresses has it.</param>
    /// <returns>Null where no rule is for this place.</returns>
    public RegionConsent? For(string country, string region)
    {
        if (!IsRegional) return null;
        if (country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z']) return Strictest();
        return ConsentPlaces.Of(country, region).Select(place => Regions!.FirstOrDefault(r => r.Places.Contains(place))).FirstOrDefault(r => r is not null);
    }

    /// <returns>The same for one place.</returns>
    public ConsentDefaults With(RegionConsent? rule) => rule is null
        ? this with { Regions = null }
        : this with { Regions = null, Analytics = rule.Analytics, Ads = rule.Ads, Personalization = rule.Personalization };

    RegionConsent Strictest() => Regions!.Aggregate(new RegionConsent([], Analytics, Ads, Personalization), (all, rule) => new RegionConsent(
        [], Stricter(all.Analytics, rule.Analytics), Stricter(all.Ads, rule.Ads), Stricter(all.Personalization, rule.Personalization)));

    static string Stricter(string a, string b) => a == Denied || b == Denied ? Denied : a == Granted && b == Granted ? Granted : Wait;

    public static ConsentDefaults Read(string json) => JsonSerializer.Deserialize<ConsentDefaults>(json, Json) ?? new();

    public string Write() => JsonSerializer.Serialize(this, Json);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}

/// <summary>What holds in some places until a visitor decides.</summary>
/// <param name="Places">As <see cref="ConsentPlaces"/> knows them.</param>
/// <param name="Analytics">granted, denied, or wait; so the others.</param>
/// <param name="Ads">For ads.</param>
/// <param name="Personalization">For personalization.</param>
public sealed record RegionConsent(IReadOnlyList<string> Places, string Analytics, string Ads, string Personalization);
