namespace SaaS.Analytics.Standalone;

/// <summary>What <c>./run</c> was asked for.</summary>
public sealed record StandaloneOptions
{
    /// <summary>Fill a demo tenant and keep live traffic coming.</summary>
    public bool Demo { get; init; }

    /// <summary>Events of demo history.</summary>
    public int DemoEvents { get; init; } = 1_000_000;

    /// <summary>Folder of everything that is kept.</summary>
    public string Data { get; init; } = "data";

    /// <summary>The portal's port; the collector takes the next one. 0: any two free ports.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>RabbitMQ instead of the broker in memory.</summary>
    public string? Broker { get; init; }

    /// <summary>Owner's connection string of a PostgreSQL to use instead of the embedded one.</summary>
    public string? Postgres { get; init; }

    /// <summary>ClickHouse.Driver connection string of a server to use instead of the embedded engine.</summary>
    public string? ClickHouse { get; init; }

    /// <summary><c>smtp://user:password@host:port</c>; without it mails are shown on the outbox page.</summary>
    public string? Smtp { get; init; }

    public const string Usage = """
        Usage: ./run [--demo] [--demo-events N] [--data DIR] [--port N] [--broker URL] [--postgres CONNECTION] [--clickhouse CONNECTION] [--smtp URL]
        """;

    /// <exception cref="StandaloneException">An option is unknown or lacks its value.</exception>
    public static StandaloneOptions Parse(IReadOnlyList<string> args)
    {
        var options = new StandaloneOptions();
        for (var i = 0; i < args.Count; i++)
            options = args[i] == "--demo" ? options with { Demo = true } : options.With(args[i], i + 1 < args.Count ? args[++i] : null);
        return options;
    }

    StandaloneOptions With(string name, string? value) => (name, value) switch
    {
        ("--help" or "-h", _) => throw new StandaloneException(Usage),
        (_, null) when name.StartsWith("--", StringComparison.Ordinal) => throw new StandaloneException($"{name} needs a value.\n{Usage}"),
        ("--data", _) => this with { Data = value! },
        ("--port", _) => this with { Port = Number(name, value!, 65_534) },
        ("--demo-events", _) => this with { DemoEvents = Number(name, value!, 100_000_000), Demo = true },
        ("--broker", _) => this with { Broker = value },
        ("--postgres", _) => this with { Postgres = value },
        ("--clickhouse", _) => this with { ClickHouse = value },
        ("--smtp", _) => this with { Smtp = value },
        _ => throw new StandaloneException($"{name} is not an option.\n{Usage}"),
    };

    static int Number(string name, string value, int max) => int.TryParse(value, out var number) && number >= 0 && number <= max
        ? number
        : throw new StandaloneException($"{name} takes a number from 0 to {max}, not '{value}'.");
}
