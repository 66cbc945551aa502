using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

/// <summary>
/// A whole collector on a random port with its broker in memory. PostgreSQL is away, which it must not mind: the site list
/// comes from the file beside the spool.
/// </summary>
sealed class CollectorHost : IAsyncDisposable
{
    public const string TrackingId = "st_AAAAAAAAAAAAAAAA";
    public const string SuspendedId = "st_BBBBBBBBBBBBBBBB";
    public const string ShieldedId = "st_CCCCCCCCCCCCCCCC";
    public const string ServerKey = "sk_test";
    public const string ImportKey = "sk_import";
    public const string IdentitySecret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    static readonly Guid Tenant = Guid.Parse("11111111-1111-1111-1111-111111111111");

    public static readonly SiteEntry Site = new(7, Tenant, TrackingId, "example.com", ["shop.example.net"], Suspended: false) { IdentitySecret = IdentitySecret };

    readonly WebApplication app;
    readonly HttpClient client;

    CollectorHost(WebApplication app, string folder)
    {
        (this.app, Folder) = (app, folder);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client => client;
    public IServiceProvider Services => app.Services;
    public string Folder { get; }
    public string SpoolFolder => Path.Combine(Folder, "spool");
    public SinkLog Log => app.Services.GetRequiredService<SinkLog>();

    public static async Task<CollectorHost> StartAsync(
        string? folder = null, Action<WebApplicationBuilder>? change = null, params (string Key, string Value)[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("collector-").FullName;
        WriteSites(Path.Combine(folder, "spool"));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(CollectorLimits.Apply);
        builder.Configuration["Postgres:App"] = builder.Configuration["Postgres:System"] = "Host=127.0.0.1;Port=1;Timeout=1;Database=none";
        builder.Configuration["Broker:Url"] = "memory";
        builder.Configuration["Broker:Partitions"] = "2";
        builder.Configuration["Ingestion:SpoolDirectory"] = Path.Combine(folder, "spool");
        builder.Configuration["Ingestion:SaltKeyDirectory"] = Path.Combine(folder, "keys");
        builder.Configuration["Ingestion:CollectorId"] = "test";
        builder.Configuration["Ingestion:DrainSeconds"] = "0";
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        var log = new SinkLog();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton(log);
        change?.Invoke(builder);
        builder.AddIngestion();
        builder.AddBus();
        var app = builder.Build();
        app.UseIngestion();
        await app.StartAsync();
        return new CollectorHost(app, folder);
    }

    public Task<HttpResponseMessage> PostAsync(string json, Action<HttpRequestMessage>? change = null) =>
        PostAsync(new StringContent(json), change);

    public async Task<HttpResponseMessage> PostAsync(HttpContent body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = body };
        change?.Invoke(request);
        return await client.SendAsync(request);
    }

    /// <summary>Everything the spool holds, as a fresh process would read it.</summary>
    public List<SpoolRecord> Records() => SpoolFolderReader.Read(SpoolFolder);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    static void WriteSites(string spool)
    {
        Directory.CreateDirectory(spool);
        SiteEntry[] sites =
        [
            Site, Site with { Id = 8, TrackingId = SuspendedId, Suspended = true },
            Site with
            {
                Id = 9, TrackingId = ShieldedId,
                Shields = [new("ip", "203.0.113.0/24"), new("country", "AU"), new("page", "/admin/**"), new("hostname", "test.*")],
            },
        ];
        WriteKey[] keys = [new(Tenant, Hash(ServerKey)), new(Tenant, Hash(ImportKey), Imports: true)];
        File.WriteAllBytes(Path.Combine(spool, "sites.json"), JsonSerializer.SerializeToUtf8Bytes(new SiteListSnapshot(sites, keys)));
    }

    static string Hash(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
}
