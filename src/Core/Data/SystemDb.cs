using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Data;

/// <summary>
/// The same tables through the role that bypasses row-level security. Only the classes listed in ArchitectureTests may
/// use it: the collector's site list, sign-in, the mail sender, salts, leases, the chunk ledger, sweeps.
/// </summary>
public sealed class SystemDb(DbContextOptions<SystemDb> options) : AnalyticsDb(options)
{
    public override bool SeesEveryTenant => true;
}
