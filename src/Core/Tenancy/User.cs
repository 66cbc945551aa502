using Microsoft.AspNetCore.Identity;

namespace SaaS.Analytics.Tenancy;

/// <summary>A person who can sign in; belongs to tenants through <see cref="Member"/>.</summary>
public sealed class User : IdentityUser<Guid>
{
    public DateTime CreatedAt { get; init; }
}
