using System.Runtime.InteropServices;

namespace SaaS.Analytics.Standalone.Embedded;

/// <summary>Finds what npm has installed: the nearest <c>node_modules</c> above the program or the current directory.</summary>
public static class NpmPackages
{
    /// <returns>The package's folder, or null where it is not installed.</returns>
    public static string? Find(string package) => Roots()
        .Select(root => Path.Combine(root, "node_modules", package)).FirstOrDefault(Directory.Exists);

    /// <summary>As npm names platforms: <c>linux-x64</c>, <c>darwin-arm64</c>, …</summary>
    public static string Platform =>
        $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    static IEnumerable<string> Roots()
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Directory.GetCurrentDirectory()])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                yield return folder.FullName;
    }
}
