namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>Runs on a set of outside test data; skipped, visibly, where it is absent. Folder: <c>CORPORA</c>, else <c>../shared/corpora</c>.</summary>
sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute(string set)
    {
        if (!Directory.Exists(Path.Combine(Folder, set)))
            Skip = $"There is no test data {Path.Combine(Folder, set)}.";
    }

    public static string Folder { get; } = Environment.GetEnvironmentVariable("CORPORA") ?? Path.Combine(Root(), "..", "shared", "corpora");

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "SaaS.Analytics.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
