using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Sites.Mails;

/// <summary>Ends mails for whoever has their secret; a receiver is no member, so that it looks at every tenant's for that one row.</summary>
sealed class Unsubscribing(IDbContextFactory<SystemDb> systems)
{
    /// <returns>What was ended; null where it was ended before or never was.</returns>
    public async Task<(string Address, string Site)?> FindAsync(Guid secret, CancellationToken cancel)
    {
        await using var db = await systems.CreateDbContextAsync(cancel);
        var found = await db.ReportMails.AsNoTracking().Where(m => m.Secret == secret)
            .Join(db.Sites, m => m.SiteId, s => s.Id, (m, s) => new { m.Address, s.Name }).SingleOrDefaultAsync(cancel);
        return found is null ? null : (found.Address, found.Name);
    }

    public async Task EndAsync(Guid secret, CancellationToken cancel)
    {
        await using var db = await systems.CreateDbContextAsync(cancel);
        await db.ReportMails.Where(m => m.Secret == secret).ExecuteDeleteAsync(cancel);
    }
}
