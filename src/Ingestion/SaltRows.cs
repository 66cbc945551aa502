using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Ingestion;

/// <summary>The sealed salts in PostgreSQL, by which all collectors agree.</summary>
sealed class SaltRows(IDbContextFactory<SystemDb> databases)
{
    /// <summary>Offers a salt for a day.</summary>
    /// <returns>The day's sealed salt: the offered one, or the one another collector offered first.</returns>
    public async Task<byte[]> AgreeAsync(DateOnly day, byte[] offered, DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO pipeline.daily_salts (day, sealed, created_at) VALUES ({day}, {offered}, {now}) ON CONFLICT DO NOTHING", cancel);
        return await db.DailySalts.AsNoTracking().Where(s => s.Day == day).Select(s => s.Sealed).SingleAsync(cancel);
    }

    public async Task DeleteBeforeAsync(DateOnly day, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.DailySalts.Where(s => s.Day < day).ExecuteDeleteAsync(cancel);
    }
}
