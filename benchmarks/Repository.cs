namespace SaaS.Analytics.Bench;

/// <summary>Where the sources are, seen from the build output.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SaaS.Analytics.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
