namespace SaaS.Analytics.Tests.Ingestion;

/// <summary>Public test sets that are kept outside of the product.</summary>
static class Corpora
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("CORPORA") is { Length: > 0 } set
        ? set
        : Path.GetFullPath(Path.Combine(Sources.Root, "../shared/corpora"));

    public static string[] Files(string set) =>
        Directory.Exists(Path.Combine(Folder, set)) ? Directory.GetFiles(Path.Combine(Folder, set), "*.json") : [];
}

/// <summary>A theory over one of the test sets; skipped, visibly, where it is absent.</summary>
sealed class CorporaTheoryAttribute : TheoryAttribute
{
    public CorporaTheoryAttribute(string set)
    {
        if (Corpora.Files(set).Length == 0) Skip = $"The test set {Path.Combine(Corpora.Folder, set)} is absent (environment variable CORPORA).";
    }
}
