using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion.Geo;

/// <summary>The place and network of an address; unknown everywhere where there is no data.</summary>
sealed class GeoLookup
{
    readonly DataFile<CityDatabase> cities4;
    readonly DataFile<CityDatabase> cities6;
    readonly DataFile<INetworkNumbers> networks4;
    readonly DataFile<INetworkNumbers> networks6;
    readonly NetworkKinds kinds = NetworkKinds.Load();

    public GeoLookup(IOptions<IngestionSettings> options, DataFolder data, ILogger<GeoLookup> log)
    {
        var (city, asn) = (options.Value.GeoDatabase, options.Value.NetworkDatabase);
        cities4 = data.Open(city, [DataFiles.Cities4, DataFiles.Countries], path => new CityDatabase(path), log);
        cities6 = data.Open(city, [DataFiles.Cities6, DataFiles.Countries], path => new CityDatabase(path), log);
        networks4 = data.Open<INetworkNumbers>(asn, [DataFiles.Networks4], path => asn.Length > 0 ? new NetworkDatabase(path) : new NetworkTable(path), log);
        networks6 = data.Open<INetworkNumbers>(asn, [DataFiles.Networks6], path => asn.Length > 0 ? new NetworkDatabase(path) : new NetworkTable(path), log);
    }

    public Place Of(IPAddress? address)
    {
        if (address is null || !ClientAddress.IsPublic(address)) return Place.Unknown;
        var is6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var place = (is6 ? cities6 : cities4).Value?.Find(address) ?? Place.Unknown;
        var asn = (is6 ? networks6 : networks4).Value?.Of(address) ?? 0;
        var signs = place.Signs | kinds.Of(asn);
        return signs.HasFlag(SenderSigns.Anonymiser)
            ? new Place(Place.Anonymised, "", "", asn, signs)
            : place with { Asn = asn, Signs = signs };
    }

    /// <summary>Reads the data now, so that the first visitor does not wait for it.</summary>
    public void Warm()
    {
        Of(IPAddress.Parse("198.41.0.4"));
        Of(IPAddress.Parse("2001:503:ba3e::2:30"));
    }
}
