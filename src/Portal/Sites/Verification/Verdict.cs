namespace SaaS.Analytics.Portal.Sites.Verification;

/// <summary>What "verify installation" says.</summary>
/// <param name="Code">Stable name: <c>found</c>, <c>no_snippet</c>, <c>wrong_id</c>, <c>csp</c>, <c>dns</c>, <c>refused</c>, …</param>
/// <param name="Title">The finding.</param>
/// <param name="Sentence">What to do about it.</param>
public sealed record Verdict(string Code, string Title, string Sentence)
{
    public bool Good => Code == "found";
}
