namespace SaaS.Analytics.E2E.Products;

/// <summary>The built programs, as a user would start them: as processes.</summary>
static class Programs
{
    public static string Root { get; } = FindRoot();

    static string Configuration { get; } = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string[] Command(string project, params string[] arguments) =>
        ["dotnet", Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", $"SaaS.Analytics.{project}.dll"), .. arguments];

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SaaS.Analytics.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
