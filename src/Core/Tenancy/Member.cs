namespace SaaS.Analytics.Tenancy;

/// <summary>A user in a tenant with a role.</summary>
public sealed class Member : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required Guid UserId { get; init; }
    public required MemberRole Role { get; set; }
    public required DateTime CreatedAt { get; init; }
}

/// <summary>Ordered: a higher role may do all that a lower one may.</summary>
public enum MemberRole
{
    Viewer = 0,
    Editor = 1,
    Admin = 2,
    Owner = 3,
}
