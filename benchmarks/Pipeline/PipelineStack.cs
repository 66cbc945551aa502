using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Standalone.Embedded;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>Collector and workers as processes of their own on RabbitMQ, PostgreSQL and the ClickHouse engine, each fresh.</summary>
sealed class PipelineStack : IAsyncDisposable
{
    readonly PostgresFixture postgres = new();
    readonly ClickHouseFixture clickHouse = new();
    readonly RabbitFixture rabbit = new();
    readonly string folder = Directory.CreateTempSubdirectory("bench-hosts-").FullName;
    readonly List<ChildProcess> hosts = [];
    Dictionary<string, string> further = [];

    public string Broker => rabbit.Url;
    public IReadOnlyList<Site> Sites { get; private set; } = [];
    public int CollectorPort { get; } = FreePort.Next();

    /// <summary>An API key that may send events for all sites.</summary>
    public string ServerKey { get; } = ApiKeyText.New();
    public StoreCalls Store { get; private set; } = null!;

    /// <summary>What shares the two cores, by name.</summary>
    public ProcessTimes Times { get; private set; } = null!;

    public SystemDb Database() =>
        new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);

    public static async Task<PipelineStack> StartAsync(int sites, int partitions = 4, Dictionary<string, string>? settings = null)
    {
        var stack = new PipelineStack { further = settings ?? [] };
        await Task.WhenAll(stack.postgres.InitializeAsync(), stack.clickHouse.InitializeAsync(), stack.rabbit.InitializeAsync());
        await stack.AddSitesAsync(sites);
        var workersPort = FreePort.Next();
        var (collector, workers) = (stack.Start("Ingestion", stack.CollectorPort, partitions), stack.Start("Workers", workersPort, partitions));
        await stack.ReadyAsync(stack.CollectorPort);
        await stack.ReadyAsync(workersPort);
        stack.Store = await StoreCalls.ToAsync(stack.clickHouse.Connection);
        stack.Times = await ProcessTimes.OfAsync(collector, workers);
        return stack;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    async Task AddSitesAsync(int count)
    {
        await using var db = Database();
        var tenant = new Tenant { Id = Guid.CreateVersion7(), Name = "Bench", CreatedAt = DateTime.UtcNow };
        db.Add(tenant);
        db.Add(new ApiKey
        {
            TenantId = tenant.Id, Name = "Bench", Prefix = ApiKeyText.Shown(ServerKey), Hash = ApiKeyText.Hash(ServerKey),
            Scopes = [ApiScopes.EventsWrite], CreatedAt = DateTime.UtcNow,
        });
        Sites = [.. Enumerable.Range(0, count).Select(n => new Site
        {
            TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = $"site{n}.example", Name = $"Site {n}", TimeZone = "Europe/Vienna",
            CreatedAt = DateTime.UtcNow,
        })];
        db.AddRange(Sites);
        await db.SaveChangesAsync();
    }

    ChildProcess Start(string project, int port, int partitions)
    {
        string[] command = ["dotnet", ProgramOf(project), "--urls", $"http://127.0.0.1:{port}"];
        var host = ChildProcess.Start(command, Path.Combine(folder, project + ".log"), Settings(partitions).Concat(further).ToDictionary());
        hosts.Add(host);
        return host;
    }

    /// <summary>The host's own build output, beside which its settings and data files lie.</summary>
    static string ProgramOf(string project) => Path.Combine(Repository.Root, "src", project, "bin", "Release", "net10.0", $"SaaS.Analytics.{project}.dll");

    Dictionary<string, string> Settings(int partitions) => new()
    {
        ["Postgres__App"] = postgres.App,
        ["Postgres__System"] = postgres.System,
        ["ClickHouse__Connection"] = clickHouse.Connection,
        ["Broker__Url"] = rabbit.Url,
        ["Broker__Partitions"] = $"{partitions}",
        ["Ingestion__SpoolDirectory"] = Path.Combine(folder, "spool"),
        ["Ingestion__CollectorId"] = "bench",
        ["Ingestion__SaltKeyDirectory"] = Path.Combine(folder, "salt-keys"),
    };

    async Task ReadyAsync(int port)
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 600; attempt++, await Task.Delay(200))
        {
            if (hosts.Find(h => h.HasExited) is { } ended) throw new InvalidOperationException($"A host stopped: {ended.LogTail(20)}");
            try
            {
                if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"))).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new TimeoutException(string.Join('\n', hosts.Select(h => h.LogTail(10))));
    }
}
