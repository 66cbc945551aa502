namespace SaaS.Analytics.Data;

/// <summary>
/// Whose rows this unit of work may see. The portal sets it from the signed-in member or the API key, a consumer or job
/// from its message. Without a tenant nothing of any tenant is visible.
/// </summary>
public sealed class TenantScope
{
    public Guid TenantId { get; private set; }

    /// <exception cref="InvalidOperationException">The scope already belongs to another tenant.</exception>
    public void Enter(Guid tenantId)
    {
        if (TenantId != Guid.Empty && TenantId != tenantId)
            throw new InvalidOperationException("This scope already belongs to another tenant.");
        TenantId = tenantId;
    }
}
