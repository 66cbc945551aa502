using SaaS.Analytics.Standalone.Embedded;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.E2E.Products;

/// <summary>Two portals, a collector and a worker as processes of their own, on PostgreSQL, ClickHouse and RabbitMQ, with a mail server.</summary>
public sealed class SeparateHosts : Product
{
    readonly PostgresFixture postgres = new();
    readonly ClickHouseFixture clickHouse = new();
    readonly RabbitFixture rabbit = new();
    readonly string folder = Directory.CreateTempSubdirectory("e2e-hosts-").FullName;
    readonly List<ChildProcess> hosts = [];
    readonly int[] ports = [FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next()];
    MailSink? mails;

    public override IReadOnlyList<string> Portals => [$"http://localhost:{ports[0]}", $"http://localhost:{ports[1]}"];

    public override string Collector => $"http://localhost:{ports[2]}";

    public override async Task InitializeAsync()
    {
        await Task.WhenAll(postgres.InitializeAsync(), clickHouse.InitializeAsync(), rabbit.InitializeAsync());
        mails = await MailSink.StartAsync();
        Start("Portal", ports[0], "portal-1");
        Start("Portal", ports[1], "portal-2");
        Start("Ingestion", ports[2], "ingestion");
        Start("Workers", ports[3], "workers");
        await Task.WhenAll(ports.Select(ReadyAsync));
    }

    public override Task<string> MailToAsync(string address) => Patience.UntilAsync($"a mail to {address}", () => Task.FromResult(mails!.NewestTo(address)));

    public override async Task DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
        if (mails is not null) await mails.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    void Start(string project, int port, string name) =>
        hosts.Add(ChildProcess.Start(Programs.Command(project, "--urls", $"http://localhost:{port}"), Path.Combine(folder, name + ".log"), Settings()));

    Dictionary<string, string> Settings() => new()
    {
        ["Postgres__App"] = postgres.App,
        ["Postgres__System"] = postgres.System,
        ["ClickHouse__Connection"] = clickHouse.Connection,
        ["Broker__Url"] = rabbit.Url,
        ["Broker__Partitions"] = "4",
        ["Ingestion__SpoolDirectory"] = Path.Combine(folder, "spool"),
        ["Ingestion__CollectorId"] = "one",
        ["Ingestion__SaltKeyDirectory"] = Path.Combine(folder, "salt-keys"),
        ["Portal__PublicUrl"] = Portals[0],
        ["Portal__CollectorUrl"] = Collector,
        ["Mail__Smtp"] = $"smtp://127.0.0.1:{mails!.Port}",
        ["Mail__From"] = "analytics@example.com",
    };

    async Task ReadyAsync(int port)
    {
        using var http = new HttpClient();
        await Patience.UntilAsync($"the host on port {port}", async () =>
        {
            if (hosts.Find(h => h.HasExited) is { } ended) throw new InvalidOperationException($"A host stopped: {ended.LogTail(20)}");
            try
            {
                return (await http.GetAsync($"http://localhost:{port}/health/ready")).IsSuccessStatusCode ? "ready" : null;
            }
            catch (HttpRequestException)
            {
                return null; // Not listening yet.
            }
        }, () => string.Join("\n\n", hosts.Select(h => h.LogTail(10))));
    }
}
