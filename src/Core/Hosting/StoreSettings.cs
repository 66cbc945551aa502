using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Hosting;

/// <summary>Where PostgreSQL is, by role (section <c>Postgres</c>, environment <c>Postgres__App</c> …).</summary>
public sealed class PostgresSettings
{
    public const string Section = "Postgres";

    /// <summary>Connection string of the role bound by row-level security.</summary>
    [Required] public string App { get; set; } = "";

    /// <summary>Connection string of the role that bypasses row-level security.</summary>
    [Required] public string System { get; set; } = "";
}

/// <summary>Where ClickHouse is (section <c>ClickHouse</c>, environment <c>ClickHouse__Connection</c>).</summary>
public sealed class ClickHouseSettings
{
    public const string Section = "ClickHouse";

    /// <summary>ClickHouse.Driver connection string, e.g. <c>Host=clickhouse;Port=8123;Username=…;Password=…;Database=analytics</c>.</summary>
    [Required] public string Connection { get; set; } = "";
}

/// <summary>The message broker (section <c>Broker</c>, environment <c>Broker__Url</c>).</summary>
public sealed class BrokerSettings
{
    public const string Section = "Broker";

    /// <summary><c>amqp://user:password@host:5672/vhost</c>, or <c>memory</c> where all hosts share one process.</summary>
    [Required] public string Url { get; set; } = "";

    /// <summary>Partitions of the pipeline; every host must use the same number.</summary>
    [Range(1, 256)] public int Partitions { get; set; } = 16;

    public bool InMemory => Url == "memory";
}
