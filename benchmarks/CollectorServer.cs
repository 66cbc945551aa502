using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Bench;

/// <summary>
/// The real collector: parser, hashes, geo, spool with fsync, sealing. Its broker is in memory and nobody takes the chunks
/// away; PostgreSQL is away unless its connection string is given, the site list comes from the file beside the spool until then.
/// </summary>
sealed class CollectorServer(WebApplication app, string folder) : IAsyncDisposable
{
    public const string TrackingId = "st_BENCHBENCHBENCH0";

    public int Port { get; } = BareServer.PortOf(app);

    public static async Task<CollectorServer> StartAsync(string postgres = "Host=127.0.0.1;Port=1;Timeout=1")
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sites.json"), $$"""
            {"Sites":[{"Id":1,"TenantId":"{{Guid.NewGuid()}}","TrackingId":"{{TrackingId}}","Domain":"example.com","OtherHosts":[],"Suspended":false}],"Keys":[]}
            """);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        foreach (var (key, value) in Settings(folder, postgres)) builder.Configuration[key] = value;
        builder.AddIngestion();
        builder.AddBus();
        var app = builder.Build();
        app.UseIngestion();
        await app.StartAsync();
        return new CollectorServer(app, folder);
    }

    static Dictionary<string, string> Settings(string folder, string postgres) => new()
    {
        ["Postgres:App"] = postgres,
        ["Postgres:System"] = postgres,
        ["Broker:Url"] = "memory",
        ["Ingestion:SpoolDirectory"] = folder,
        ["Ingestion:SaltKeyDirectory"] = Path.Combine(folder, "keys"),
        ["Ingestion:CollectorId"] = "bench",
        ["Ingestion:SiteEventsPerSecond"] = "0",
    };

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
