namespace SaaS.Analytics.Tenancy;

/// <summary>Something a site wants its visitors to do.</summary>
public sealed class Goal : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>What people call it; unique on its site.</summary>
    public required string Name { get; set; }
    public required GoalKind Kind { get; set; }

    /// <summary>Name of the event, or pattern of the page: * for anything up to the next slash, ** for anything.</summary>
    public required string Target { get; set; }

    /// <summary>Per cent of the page that must have been seen; for <see cref="GoalKind.Scroll"/>.</summary>
    public int ScrollDepth { get; set; }

    /// <summary>A property the event must have; empty for none.</summary>
    public string PropertyKey { get; set; } = "";
    public string PropertyValue { get; set; } = "";

    /// <summary>ISO 4217; revenue of the events in this currency is added up. Empty: the goal is not about money.</summary>
    public string Currency { get; set; } = "";
    public required DateTime CreatedAt { get; init; }

    /// <summary>PostgreSQL's xmin, for optimistic locking.</summary>
    public uint Version { get; init; }
}

public enum GoalKind
{
    Page,
    Event,
    Scroll,
}
