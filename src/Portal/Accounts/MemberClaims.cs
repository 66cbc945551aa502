using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Puts the tenant into the cookie; <see cref="TenantGate"/> checks it against the membership at each request.</summary>
sealed class MemberClaims(UserManager<User> users, IOptions<IdentityOptions> options, Memberships memberships)
    : UserClaimsPrincipalFactory<User>(users, options)
{
    public const string Tenant = "tenant";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (await memberships.FirstAsync(user.Id) is { } tenant) identity.AddClaim(new Claim(Tenant, tenant.ToString()));
        return identity;
    }
}
