using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Portal.Outbox;

/// <summary>Reads mails of every tenant for <see cref="OutboxGate"/>'s page.</summary>
sealed class OutboxReader(IDbContextFactory<SystemDb> systems)
{
    const int Shown = 100;

    public async Task<IReadOnlyList<OutboxMail>> NewestAsync(CancellationToken cancel)
    {
        await using var db = await systems.CreateDbContextAsync(cancel);
        return await db.Outbox.AsNoTracking().OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(Shown).ToListAsync(cancel);
    }
}
