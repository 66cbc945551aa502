using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>A test on public data that nobody here wrote (folder <c>CORPORA</c>, else <c>../shared/corpora</c>); skipped, visibly, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorporaFactAttribute : FactAttribute
{
    public CorporaFactAttribute(string file)
    {
        if (!File.Exists(PathOf(file))) Skip = $"{file} is not here: set CORPORA to the folder of the outside test data.";
    }

    public static string PathOf(string file) => Path.Combine(Environment.GetEnvironmentVariable("CORPORA") ?? Path.Combine(Programs.Root, "../shared/corpora"), file);
}
