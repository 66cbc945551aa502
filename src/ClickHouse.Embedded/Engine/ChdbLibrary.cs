using System.Reflection;
using System.Runtime.InteropServices;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>Finds and loads libchdb, the ClickHouse engine as a C library, from the npm package of this platform.</summary>
internal static class ChdbLibrary
{
    public const string Name = "chdb";

    private static readonly string[] FileNames = ["libchdb.so", "libchdb.dylib"];

    /// <exception cref="StartupException">No library is found, or it cannot be loaded.</exception>
    public static void Load(string? given)
    {
        var path = given ?? Find() ?? throw new StartupException(
            $"The ClickHouse engine is missing: install the npm package @chdb/{Package} or name libchdb with --library.");
        if (!NativeLibrary.TryLoad(path, out var handle))
            throw new StartupException($"The ClickHouse engine {path} cannot be loaded on this machine.");
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? handle : 0);
    }

    private static string Package => RuntimeInformation.ProcessArchitecture switch
    {
        var cpu when OperatingSystem.IsMacOS() => $"lib-darwin-{Word(cpu)}",
        var cpu => $"lib-linux-{Word(cpu)}-gnu",
    };

    private static string Word(Architecture cpu) => cpu == Architecture.Arm64 ? "arm64" : "x64";

    private static string? Find() =>
        Ancestors(AppContext.BaseDirectory).Concat(Ancestors(Environment.CurrentDirectory))
            .SelectMany(folder => FileNames.Select(file => Path.Combine(folder, "node_modules", "@chdb", Package, file)))
            .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
