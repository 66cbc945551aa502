using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Who makes this request; set by <see cref="TenantGate"/> for signed-in members.</summary>
public sealed class CurrentMember
{
    Member? member;

    public bool SignedIn => member is not null;

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public Member Member => member ?? throw new InvalidOperationException("Nobody is signed in.");

    public void Set(Member found) => member = found;
}
