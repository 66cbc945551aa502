namespace SaaS.Analytics.Tenancy;

/// <summary>A row behind the tenant filter and PostgreSQL's row-level security. Extension point: every new tenant table implements it.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; }
}
