namespace SaaS.Analytics.Tenancy;

/// <summary>The paying account. Owns members, sites and keys; nothing of one tenant is visible to another.</summary>
public sealed class Tenant
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public TenantStatus Status { get; set; }
    public required DateTime CreatedAt { get; init; }
}

public enum TenantStatus
{
    Active = 0,
    Suspended = 1,
}
