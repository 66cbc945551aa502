using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Goals;

/// <summary>The goals of a site that the member was let into.</summary>
public sealed class SiteGoals(AnalyticsDb db, TimeProvider time)
{
    const int Most = 100;

    public async Task<IReadOnlyList<Goal>> AllAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.Goals.AsNoTracking().Where(g => g.SiteId == site.Id).OrderBy(g => g.Name).ToListAsync(cancel);

    /// <returns>What is wrong; null where the goal is saved.</returns>
    public async Task<string?> SaveAsync(AuthorizedSite site, GoalForm form, CancellationToken cancel)
    {
        if (form.Id is null && await db.Goals.CountAsync(g => g.SiteId == site.Id, cancel) >= Most) return $"A site has at most {Most} goals. Remove one that is not needed.";
        if (await FindOrNewAsync(site, form, cancel) is not { } goal) return "This goal was removed meanwhile.";
        form.WriteTo(goal);
        if (form.Id is not null) db.Entry(goal).Property(g => g.Version).OriginalValue = form.Version;
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return "Somebody else changed this goal meanwhile. Open it again to see the change.";
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return $"There is a goal called “{goal.Name}” already. Choose another name.";
        }
    }

    /// <returns>The goal that was removed; null where it was gone.</returns>
    public async Task<Goal?> RemoveAsync(AuthorizedSite site, Guid id, CancellationToken cancel)
    {
        var goal = await db.Goals.AsNoTracking().SingleOrDefaultAsync(g => g.SiteId == site.Id && g.Id == id, cancel);
        if (goal is not null) await db.Goals.Where(g => g.Id == id).ExecuteDeleteAsync(cancel);
        return goal;
    }

    async Task<Goal?> FindOrNewAsync(AuthorizedSite site, GoalForm form, CancellationToken cancel)
    {
        if (form.Id is { } id) return await db.Goals.SingleOrDefaultAsync(g => g.SiteId == site.Id && g.Id == id, cancel);
        var goal = new Goal
        {
            Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, Name = "", Kind = form.Kind, Target = "", CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        db.Goals.Add(goal);
        return goal;
    }
}
