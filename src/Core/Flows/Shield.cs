using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Flows;

/// <summary>A rule of a site about what is not counted: internal traffic, countries, pages, host names.</summary>
public sealed class Shield : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>One of <see cref="ShieldFacts"/>.</summary>
    public required string Fact { get; init; }

    /// <summary>In the form that <see cref="ShieldFacts.Normal"/> gives it.</summary>
    public required string Value { get; init; }

    /// <summary>What people call it; may be empty.</summary>
    public string Note { get; init; } = "";
    public required DateTime CreatedAt { get; init; }

    public ShieldRule Rule => new(Fact, Value);
}

/// <summary>What hosts need of a <see cref="Shield"/>.</summary>
public sealed record ShieldRule(string Fact, string Value)
{
    /// <summary>The ledger's reason for what it excludes.</summary>
    public string Reason => "shield_" + Fact;

    public Condition Condition => Fact switch
    {
        ShieldFacts.Address => new(Fact, Within: Value),
        ShieldFacts.Country => new(Fact, Is: [Value]),
        _ => new(Fact, Like: Value),
    };
}
