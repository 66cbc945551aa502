using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion.Geo;

/// <summary>Where an address is, as far as events may know.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; <see cref="Anonymised"/> behind an anonymiser; empty when unknown.</param>
/// <param name="Region">Code or name; empty when unknown.</param>
/// <param name="City">English name; empty when unknown.</param>
/// <param name="Asn">Number of its network; 0 when unknown.</param>
/// <param name="Signs">What the network tells of the sender.</param>
sealed record Place(string Country, string Region, string City, uint Asn = 0, SenderSigns Signs = SenderSigns.None)
{
    /// <summary>Stands where a country would be false.</summary>
    public const string Anonymised = "A1";

    public static readonly Place Unknown = new("", "", "");
}
