using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

/// <summary>One field of a generated form.</summary>
/// <param name="Field">Which.</param>
/// <param name="Item">What it holds now.</param>
/// <param name="Error">What is wrong with that.</param>
/// <param name="Triggers">All there are.</param>
/// <param name="Variables">Names of all there are.</param>
public sealed record SettingView(SettingField Field, ItemContent Item, string? Error, IReadOnlyList<ItemContent> Triggers, IReadOnlyList<string> Variables);
