using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tags;

/// <summary>A container as it stood at one moment. Never changed.</summary>
public sealed class TagVersion : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>From 1 on.</summary>
    public required int Number { get; init; }
    public string Name { get; init; } = "";
    public string Note { get; init; } = "";

    /// <summary>E-mail address of who made it.</summary>
    public required string Author { get; init; }

    /// <summary>JSON of <see cref="ContainerContent"/>.</summary>
    public required string Content { get; init; }
    public required DateTime CreatedAt { get; init; }
}
