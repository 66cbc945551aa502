using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>The last list read, beside the spool, so that the collector starts without PostgreSQL.</summary>
sealed class SiteListFile(IOptions<IngestionSettings> options, ILogger<SiteListFile> log)
{
    string Name => Path.Combine(options.Value.SpoolDirectory, "sites.json");

    public SiteListSnapshot? Read()
    {
        if (!File.Exists(Name)) return null;
        try
        {
            return JsonSerializer.Deserialize<SiteListSnapshot>(File.ReadAllBytes(Name));
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            log.LogWarning(e, "The kept site list {File} is unreadable; waiting for PostgreSQL.", Name);
            return null;
        }
    }

    public void Write(SiteListSnapshot snapshot) => PrivateFile.Replace(Name, JsonSerializer.SerializeToUtf8Bytes(snapshot));
}
