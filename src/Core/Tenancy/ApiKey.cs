namespace SaaS.Analytics.Tenancy;

/// <summary>A bearer key of the tenant; only its SHA-256 is kept, the key itself is shown once.</summary>
public sealed class ApiKey : ITenantOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid TenantId { get; init; }
    public required string Name { get; set; }

    /// <summary>The first characters, so that a person can tell keys apart.</summary>
    public required string Prefix { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary><c>stats:read</c>, <c>events:write</c>, <c>sites:admin</c>, <c>export:read</c>, <c>events:import</c>.</summary>
    public required string[] Scopes { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? LastUsedAt { get; set; }
    public DateTime? RevokedAt { get; set; }
}
