using ClickHouse.Driver;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.E2E.Products;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Migrations;
using SaaS.Analytics.Standalone.Embedded;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>The product on servers of its own, every part a process that may be killed at any time.</summary>
public sealed class FaultStack : IAsyncLifetime
{
    public const int Partitions = 4;
    const string Password = "test";
    const string Database = "faults";
    readonly string folder = Directory.CreateTempSubdirectory("e2e-faults-").FullName;
    readonly int postgresPort = StablePort.Next(), clickHousePort = StablePort.Next(), rabbitPort = StablePort.Next();
    readonly HostProcess collector, secondCollector, portal;
    readonly Tap collectorToBroker, workerToBroker, workerToPostgres;
    RabbitServer? rabbit;
    PostgresServer? postgres;
    ClickHouseServer? clickHouse;
    FaultProxy? proxy;
    MailSink? mails;

    public FaultStack()
    {
        (collectorToBroker, workerToBroker, workerToPostgres) = (new Tap(rabbitPort), new Tap(rabbitPort), new Tap(postgresPort));
        collector = new HostProcess("Ingestion", Sub("collector.log"), CollectorSettings);
        secondCollector = new HostProcess("Ingestion", Sub("collector-2.log"), () => new(Settings("two")) { ["Logging__LogLevel__Default"] = "Information" });
        portal = new HostProcess("Portal", Sub("portal.log"), () => Settings("one"));
        Postgres = new Part("PostgreSQL", async () => (postgres = await PostgresServer.StartAsync(Sub("postgres"), Password, postgresPort)).Process);
        ClickHouse = new Part("ClickHouse", async () => (clickHouse = await ClickHouseServer.StartAsync(Sub("clickhouse"), Password, clickHousePort)).Process);
        Broker = new Part("broker", async () => (rabbit = await RabbitServer.StartAsync(Sub("rabbit"), rabbitPort)).Process, () => rabbit!.Pid);
        Collector = new Part("collector", collector.StartAsync);
        SecondCollector = new Part("second collector", secondCollector.StartAsync);
        Worker = new Part("worker", new HostProcess("Workers", Sub("worker.log"), FirstWorkerSettings).StartAsync);
        SecondWorker = new Part("second worker", new HostProcess("Workers", Sub("worker-2.log"), () => WorkerSettings("two")).StartAsync);
        Portal = new Part("portal", portal.StartAsync);
    }

    internal Part Postgres { get; }
    internal Part ClickHouse { get; }
    internal Part Broker { get; }
    internal Part Collector { get; }
    internal Part Worker { get; }

    /// <summary>Not running unless a test starts it; the same goes for the second worker.</summary>
    internal Part SecondCollector { get; }
    internal Part SecondWorker { get; }
    internal Part Portal { get; }

    /// <summary>In the order in which they can be started.</summary>
    internal IReadOnlyList<Part> Parts => [Postgres, ClickHouse, Broker, Worker, Collector];

    public Uri CollectorUrl => collector.Url;

    public Uri SecondCollectorUrl => secondCollector.Url;

    /// <summary>The second collector's spool; made before its first start it may be any kind of disk.</summary>
    public string SecondSpool => Sub("spool-two");

    public Uri PortalUrl => portal.Url;

    public RabbitServer Rabbit => rabbit!;

    /// <summary>What the workers' mail server took.</summary>
    public MailSink Mails => mails!;

    /// <summary>Between the worker and ClickHouse.</summary>
    public FaultProxy Proxy => proxy!;

    /// <summary>Between the first worker, the first collector, and their servers.</summary>
    public Tap WorkerToBroker => workerToBroker;
    public Tap WorkerToPostgres => workerToPostgres;
    public Tap CollectorToBroker => collectorToBroker;

    /// <summary>What the first collector's and the first worker's clocks are off by, from their next start.</summary>
    public TimeSpan CollectorClock { get; set; }
    public TimeSpan WorkerClock { get; set; }

    /// <summary>Where parts write, the stores included.</summary>
    public string Folder => folder;

    public ClickHouseClient Store { get; private set; } = null!;

    public string Owner => PostgresLogin(null);

    public SystemDb SystemDatabase() =>
        new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(PostgresLogin("system_test") + ";Pooling=false").UseSnakeCaseNamingConvention().Options);

    public async Task InitializeAsync()
    {
        mails = await MailSink.StartAsync();
        await Task.WhenAll(Postgres.StartAsync(), ClickHouse.StartAsync(), Broker.StartAsync());
        Store = ClickHouseSetup.Client(clickHouse!.Login(Database));
        proxy = new FaultProxy(clickHouse.Login(Database));
        var settings = new MigrationSettings(PostgresLogin(null), PostgresLogin("app_test"), PostgresLogin("system_test"), clickHouse.Login(Database));
        await PostgresMigrator.UpAsync(settings);
        await ClickHouseMigrator.UpAsync(settings);
        await Task.WhenAll(Worker.StartAsync(), Collector.StartAsync(), Portal.StartAsync());
    }

    /// <summary>Everything runs again, whatever a test that failed has left behind.</summary>
    public async Task MendAsync()
    {
        Pass();
        (CollectorClock, WorkerClock) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var part in Parts.Append(Portal)) await part.MendAsync();
    }

    /// <summary>Whatever is said arrives again.</summary>
    public void Pass()
    {
        Proxy.Mend();
        foreach (var tap in (Tap[])[collectorToBroker, workerToBroker, workerToPostgres]) tap.Mend();
    }

    public async Task DisposeAsync()
    {
        foreach (var part in (Part[])[Portal, Collector, SecondCollector, Worker, SecondWorker, Broker, ClickHouse, Postgres]) await part.DisposeAsync();
        if (proxy is not null) await proxy.DisposeAsync();
        foreach (var tap in (Tap[])[collectorToBroker, workerToBroker, workerToPostgres]) await tap.DisposeAsync();
        if (mails is not null) await mails.DisposeAsync();
        Store?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    string Sub(string name) => Path.Combine(folder, name);

    string PostgresLogin(string? role, int? port = null)
    {
        var login = new NpgsqlConnectionStringBuilder(postgres!.Owner) { Database = Database, Port = port ?? postgresPort };
        if (role is not null) (login.Username, login.Password) = (role, role);
        return login.ConnectionString;
    }

    Dictionary<string, string> WorkerSettings(string name) => new(Settings(name)) { ["ClickHouse__Connection"] = Proxy.Connection };

    Dictionary<string, string> CollectorSettings() => FakeTime.Shift(CollectorClock, new(Settings("one"))
    {
        ["Broker__Url"] = BrokerAt(collectorToBroker),
    });

    Dictionary<string, string> FirstWorkerSettings() => FakeTime.Shift(WorkerClock, new(WorkerSettings("one"))
    {
        ["Broker__Url"] = BrokerAt(workerToBroker),
        ["Postgres__App"] = PostgresLogin("app_test", workerToPostgres.Port),
        ["Postgres__System"] = PostgresLogin("system_test", workerToPostgres.Port),
    });

    string BrokerAt(Tap tap) => new UriBuilder(rabbit!.Url("v0")) { Port = tap.Port }.Uri.ToString();

    Dictionary<string, string> Settings(string name) => new()
    {
        ["Postgres__App"] = PostgresLogin("app_test"),
        ["Postgres__System"] = PostgresLogin("system_test"),
        ["ClickHouse__Connection"] = clickHouse!.Login(Database),
        ["Broker__Url"] = rabbit!.Url("v0"),
        ["Broker__Partitions"] = $"{Partitions}",
        ["Ingestion__SpoolDirectory"] = Sub($"spool-{name}"),
        ["Ingestion__SpoolMinFreeBytes"] = "4000000",
        ["Ingestion__CollectorId"] = name,
        ["Ingestion__RepeatAfterSeconds"] = "20",
        ["Ingestion__SaltKeyDirectory"] = Sub("salt-keys"),
        ["Mail__Smtp"] = $"smtp://127.0.0.1:{mails!.Port}",
        ["Alerts__MailsPerHour"] = "1000000",
        ["Workers__Name"] = name,
        ["Workers__LeaseSeconds"] = "5",
        ["Portal__PublicUrl"] = portal.Url.ToString(),
        ["Portal__CollectorUrl"] = collector.Url.ToString(),
    };
}
