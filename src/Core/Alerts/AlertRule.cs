using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Alerts;

/// <summary>What a site's owner wants to be told of.</summary>
public sealed class AlertRule : ITenantOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required string Name { get; set; }

    /// <summary>Key of an <see cref="AlertKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON of <see cref="AlertSettings"/>.</summary>
    public required string Settings { get; set; }
    public bool Enabled { get; set; } = true;

    /// <summary>Ids of <see cref="AlertTarget"/>s.</summary>
    public Guid[] Targets { get; set; } = [];
    public required DateTime CreatedAt { get; init; }

    /// <summary>PostgreSQL's xmin, for optimistic locking and to see what has changed.</summary>
    public uint Version { get; init; }
}
