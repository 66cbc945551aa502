using System.Text.RegularExpressions;

namespace SaaS.Analytics.Tests;

/// <summary>The product's own source text, for tests of its rules.</summary>
static partial class Sources
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Product { get; } = Read("*.cs", "src", "migrations");

    public static IReadOnlyList<SourceFile> Pages { get; } = Read("*.cshtml", "src");

    public static IEnumerable<SourceFile> Core => Product.Where(f => f.Path.StartsWith("src/Core/", StringComparison.Ordinal));

    static SourceFile[] Read(string files, params string[] folders) =>
    [
        .. folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), files, SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
            .Where(p => !Generated().IsMatch(p)).Order(StringComparer.Ordinal)
            .Select(p => new SourceFile(p, File.ReadAllText(Path.Combine(Root, p)))),
    ];

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SaaS.Analytics.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("(^|/)(bin|obj|node_modules)/|^migrations/postgres/")]
    private static partial Regex Generated();
}

sealed record SourceFile(string Path, string Text)
{
    public string[] Lines => Text.Split('\n');

    /// <summary>Lines that are neither blank, nor comment, nor using.</summary>
    public int CodeLines => Lines.Select(l => l.Trim()).Count(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal) && !l.StartsWith("using ", StringComparison.Ordinal));

    public override string ToString() => Path;
}
