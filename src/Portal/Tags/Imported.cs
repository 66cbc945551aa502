using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>What a file holds of which the tag manager can make something, and what it left out and why.</summary>
/// <param name="Items">With numbers of the file's own.</param>
/// <param name="Consent">Null where the file says nothing of it.</param>
/// <param name="Skipped">One sentence each.</param>
public sealed record Imported(IReadOnlyList<ItemContent> Items, ConsentDefaults? Consent, IReadOnlyList<string> Skipped);

/// <param name="Added">Names of what the draft has now.</param>
/// <param name="Skipped">One sentence each.</param>
public sealed record ImportReport(IReadOnlyList<string> Added, IReadOnlyList<string> Skipped);
