using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Events;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Ingestion.Geo;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tests.Pipeline;
using Xunit.Abstractions;

namespace SaaS.Analytics.Tests.Ingestion;

public class GeoTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("91.64.1.1", "DE")]
    [InlineData("2a02:8071::1", "DE")]
    [InlineData("8.8.8.8", "US")]
    public void Places_come_with_the_product(string address, string country)
    {
        var place = Lookup().Of(IPAddress.Parse(address));
        Assert.Equal(country, place.Country);
        Assert.NotEmpty(place.Region);
        Assert.NotEmpty(place.City);
        Assert.NotEqual(0u, place.Asn);
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    public void Private_addresses_are_nowhere(string address) => Assert.Equal(Place.Unknown, Lookup().Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("45.83.220.1", "A1", SenderSigns.Anonymiser)]
    [InlineData("3.5.140.1", "KR", SenderSigns.Hosting)]
    public void Networks_tell_servers_and_anonymisers_apart(string address, string country, SenderSigns signs)
    {
        var place = Lookup().Of(IPAddress.Parse(address));
        Assert.Equal((country, signs), (place.Country, place.Signs));
        Assert.True(country != "A1" || place.Region.Length + place.City.Length == 0);
    }

    [CorpusTheory("maxmind")]
    [InlineData("GeoLite2-City-Test")]
    [InlineData("GeoLite2-Country-Test")]
    [InlineData("GeoLite2-ASN-Test")]
    public void Every_network_of_MaxMinds_test_data_is_found(string name)
    {
        string File(string ending) => Path.Combine(CorpusTheoryAttribute.Folder, "maxmind", name + ending);
        var isAsn = name.Contains("ASN", StringComparison.Ordinal);
        INetworkNumbers? numbers = isAsn ? new NetworkDatabase(File(".mmdb")) : null;
        var places = isAsn ? null : new CityDatabase(File(".mmdb"));
        var networks = JsonDocument.Parse(System.IO.File.ReadAllText(File(".json"))).RootElement.EnumerateArray()
            .SelectMany(e => e.EnumerateObject()).ToList();
        var wrong = networks.Where(n => IPNetwork.Parse(n.Name).BaseAddress is var address
            && (isAsn ? numbers!.Of(address) != Number(n.Value) : places!.Find(address) != Expected(n.Value))).Select(n => n.Name).ToList();
        output.WriteLine($"{name}: {networks.Count - wrong.Count} of {networks.Count} agree. {string.Join(' ', wrong)}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_file_that_is_replaced_is_in_use_after_the_next_look()
    {
        var folder = Directory.CreateTempSubdirectory("data-");
        var file = Path.Combine(folder.FullName, "numbers.csv");
        File.WriteAllText(file, "16777216,16777471,1,One\n");
        var data = new DataFile<INetworkNumbers>(() => file, path => new NetworkTable(path), NullLogger.Instance);
        Assert.Equal(1u, data.Value!.Of(IPAddress.Parse("1.0.0.7")));
        File.WriteAllText(file + ".new", "16777216,16777471,22,Two\n");
        File.Move(file + ".new", file, overwrite: true);
        data.Refresh();
        Assert.Equal(22u, data.Value!.Of(IPAddress.Parse("1.0.0.7")));
        File.WriteAllText(file, "this is no table, not even nearly");
        data.Refresh();
        Assert.Equal((22u, 0u), (data.Value!.Of(IPAddress.Parse("1.0.0.7")), data.Value!.Of(IPAddress.Parse("1.0.1.0"))));
        folder.Delete(recursive: true);
    }

    static GeoLookup Lookup() => shared.Value;

    static readonly Lazy<GeoLookup> shared = new(() => new GeoLookup(
        Options.Create(new IngestionSettings()), DataFolder.Shipped, NullLogger<GeoLookup>.Instance));

    static uint Number(JsonElement record) =>
        record.TryGetProperty("autonomous_system_number", out var number) ? number.GetUInt32() : 0;

    static Place Expected(JsonElement record)
    {
        var country = Text(record, "country", "iso_code");
        var region = record.TryGetProperty("subdivisions", out var regions) && Text(regions[0], "iso_code") is { Length: > 0 } code ? $"{country}-{code}" : "";
        var anonymous = record.TryGetProperty("traits", out var traits) && traits.TryGetProperty("is_anonymous_proxy", out var proxy) && proxy.GetBoolean();
        return new Place(country, region, Text(record, "city", "names", "en"), 0, anonymous ? SenderSigns.Anonymiser : SenderSigns.None);
    }

    static string Text(JsonElement record, params string[] path)
    {
        foreach (var name in path)
            if (!record.TryGetProperty(name, out record))
                return "";
        return record.GetString() ?? "";
    }
}
