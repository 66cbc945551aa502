using System.Text.Json;

namespace SaaS.Analytics.Standalone.Embedded;

/// <summary>npm packages cannot hold symbolic links, so that this one lists them in a file; its install script may have been kept from running.</summary>
static class PostgresLinks
{
    public static void Restore(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
        {
            var at = Path.Combine(package, link.Target);
            if (!File.Exists(at)) File.CreateSymbolicLink(at, Path.GetRelativePath(Path.GetDirectoryName(at)!, Path.Combine(package, link.Source)));
        }
    }

    sealed record Link(string Source, string Target);
}
