using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>A change of what is set for all tags of a site.</summary>
/// <param name="What">For the log.</param>
/// <param name="Apply">Does it.</param>
public sealed record ContainerChange(string What, Action<TagContainer> Apply)
{
    /// <summary>What the log shows of the container before and after, where they differ.</summary>
    public Func<TagContainer, string> Words { get; init; } = _ => "";
}
