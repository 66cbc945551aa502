using System.Globalization;

namespace SaaS.Analytics.EmbeddedClickHouse;

/// <summary>
/// The command line of the embedded ClickHouse process:
/// <code>
/// CLICKHOUSE_USER=u CLICKHOUSE_PASSWORD=p dotnet SaaS.Analytics.ClickHouse.Embedded.dll --data DIR --port N
///     [--port-file FILE] [--library PATH] [--memory-mb N] [--exit-on-stdin-close]
/// </code>
/// <list type="bullet">
/// <item><c>--data DIR</c> (required): created when missing, locked while the process lives.</item>
/// <item><c>--port N</c> (required): TCP port on 127.0.0.1; 0 picks a free one.</item>
/// <item><c>--port-file FILE</c>: receives the port as decimal text, by rename, once statements are answered.</item>
/// <item><c>--library PATH</c>: libchdb; by default searched in every <c>node_modules/@chdb</c> above the executable and the current directory.</item>
/// <item><c>--memory-mb N</c>: cap in MiB for all statements together (default: half of the machine's memory).</item>
/// <item><c>--exit-on-stdin-close</c>: shut down when standard input ends, so that a killed parent leaves no orphan.</item>
/// <item>Environment <c>CLICKHOUSE_USER</c>, <c>CLICKHOUSE_PASSWORD</c> (required): the only account.</item>
/// </list>
/// When ready it prints exactly one line on standard output, <c>listening on http://127.0.0.1:PORT</c>.
/// SIGTERM and SIGINT shut down cleanly with exit code 0. A start that fails prints one sentence on standard
/// error and exits with 1. Clients on the same machine should connect with <c>Compression=False</c>: it only
/// costs CPU on the loopback. The engine's time zone is always UTC. Statements that only read are stopped when their
/// client leaves; all others run to their end. Beyond 16 statements at once, further ones wait.
/// </summary>
public sealed record ServerOptions(string DataDirectory, int Port, string User, string Password)
{
    public string? PortFile { get; private init; }
    public string? LibraryPath { get; private init; }
    public int? MemoryMegabytes { get; private init; }
    public bool ExitOnStdinClose { get; private init; }

    /// <exception cref="StartupException">An option is unknown, missing or malformed; the message names it.</exception>
    public static ServerOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = Collect(args);
        return new ServerOptions(
            Path.GetFullPath(Required(given, "--data")),
            Number(Required(given, "--port"), "--port", 0, 65535),
            Variable(environment, "CLICKHOUSE_USER"),
            Variable(environment, "CLICKHOUSE_PASSWORD"))
        {
            PortFile = FullPath(given, "--port-file"),
            LibraryPath = FullPath(given, "--library"),
            MemoryMegabytes = given.TryGetValue("--memory-mb", out var megabytes) ? Number(megabytes, "--memory-mb", 64, int.MaxValue) : null,
            ExitOnStdinClose = given.ContainsKey("--exit-on-stdin-close"),
        };
    }

    private static Dictionary<string, string> Collect(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Count; i++)
            given[args[i]] = args[i] switch
            {
                "--exit-on-stdin-close" => "",
                "--data" or "--port" or "--port-file" or "--library" or "--memory-mb" =>
                    ++i < args.Count ? args[i] : throw new StartupException($"The option {args[i - 1]} needs a value."),
                var unknown => throw new StartupException($"The option {unknown} is not known."),
            };
        return given;
    }

    private static string? FullPath(Dictionary<string, string> given, string name) =>
        given.TryGetValue(name, out var path) ? Path.GetFullPath(path) : null;

    private static string Required(Dictionary<string, string> given, string name) =>
        given.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new StartupException($"The option {name} is required.");

    private static string Variable(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : throw new StartupException($"The environment variable {name} is required.");

    private static int Number(string text, string name, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new StartupException($"The option {name} must be a number from {least} to {most}, not '{text}'.");
}
