using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>One server of each kind for a whole test run, started when first asked for; each test class takes a database of its own.</summary>
public static class Servers
{
    const string Password = "test";
    static readonly string Folder = Directory.CreateTempSubdirectory("analytics-test-").FullName;
    static readonly Lazy<Task<PostgresServer>> SharedPostgres = new(() => PostgresServer.StartAsync(Path.Combine(Folder, "postgres"), Password));
    static readonly Lazy<Task<ClickHouseServer>> SharedClickHouse = new(() => ClickHouseServer.StartAsync(Path.Combine(Folder, "clickhouse"), Password));
    static readonly Lazy<Task<RabbitServer>> SharedRabbit = new(() => RabbitServer.StartAsync(Path.Combine(Folder, "rabbit")));
    static int databases;

    public static Task<PostgresServer> PostgresAsync() => SharedPostgres.Value;

    public static Task<ClickHouseServer> ClickHouseAsync() => SharedClickHouse.Value;

    public static Task<RabbitServer> RabbitAsync() => SharedRabbit.Value;

    public static string NewName() => $"t{Interlocked.Increment(ref databases)}_{Environment.ProcessId}";
}
