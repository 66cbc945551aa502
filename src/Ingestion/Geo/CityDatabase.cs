using System.Diagnostics.CodeAnalysis;
using System.Net;
using MaxMind.Db;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion.Geo;

/// <summary>
/// A MaxMind DB file with cities or countries.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A reader that was replaced may still be asked; it is let go when nobody holds it.")]
sealed class CityDatabase
{
    readonly Reader reader;
    readonly bool nested;

    public CityDatabase(string path)
    {
        reader = new Reader(path, FileAccessMode.MemoryMapped);
        nested = reader.Metadata.DatabaseType.Contains('-');
    }

    public Place Find(IPAddress address) => nested ? FindNested(address) : FindFlat(address);

    Place FindFlat(IPAddress address) =>
        reader.Find<FlatRecord>(address) is { } r ? new Place(r.Country, r.Region, WithoutQuarter(r.City)) : Place.Unknown;

    Place FindNested(IPAddress address) =>
        reader.Find<NestedRecord>(address) is not { } r ? Place.Unknown
        : new Place(r.Country, r.Region, r.City) { Signs = r.IsAnonymous ? SenderSigns.Anonymiser : SenderSigns.None };

    /// <summary><c>Cologne (Lindenthal, Cologne)</c> is Cologne.</summary>
    static string WithoutQuarter(string city) => city.IndexOf(" (", StringComparison.Ordinal) is var at and > 0 ? city[..at] : city;
}
