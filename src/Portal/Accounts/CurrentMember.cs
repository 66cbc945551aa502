using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Who makes this request; set by <see cref="TenantGate"/> for signed-in members.</summary>
public sealed class CurrentMember
{
    public bool SignedIn { get; private set; }
    public Guid UserId { get; private set; }
    public Guid TenantId { get; private set; }
    public MemberRole Role { get; private set; }

    public void Set(Member member)
    {
        (SignedIn, UserId, TenantId, Role) = (true, member.UserId, member.TenantId, member.Role);
    }
}
