using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Demo;

/// <summary>
/// The demo's rows in PostgreSQL. Each is made only where it is missing, so that a start cut short is made good by the next.
/// </summary>
public sealed class DemoTenant(AnalyticsDb db, TenantScope scope, UserManager<User> users, TimeProvider time)
{
    public const string Email = "demo@example.com";
    public const string Domain = ShopProfile.Host;
    static readonly Guid TenantId = new("d3300000-0000-4000-8000-000000000001");

    /// <exception cref="InvalidOperationException">The user cannot be made.</exception>
    public async Task<Site> EnsureAsync(DemoAccess access, TimeZoneInfo zone, CancellationToken cancel)
    {
        scope.Enter(TenantId);
        var user = await EnsureUserAsync(access);
        if (!await db.Tenants.AnyAsync(cancel))
            db.Tenants.Add(new Tenant { Id = TenantId, Name = "Bean & Kettle", CreatedAt = Now });
        if (!await db.Members.AnyAsync(m => m.UserId == user.Id, cancel))
            db.Members.Add(new Member { TenantId = TenantId, UserId = user.Id, Role = MemberRole.Owner, CreatedAt = Now });
        await EnsureKeyAsync(access, cancel);
        var site = await db.Sites.SingleOrDefaultAsync(s => s.Domain == Domain, cancel) ?? NewSite(access, zone);
        await db.SaveChangesAsync(cancel);
        return site;
    }

    /// <summary>Says that the history is whole; until then each start loads what is missing.</summary>
    public Task LoadedAsync(Site site, DateTime firstEventAt, CancellationToken cancel) =>
        db.Sites.Where(s => s.Id == site.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, firstEventAt), cancel);

    DateTime Now => time.GetUtcNow().UtcDateTime;

    async Task<User> EnsureUserAsync(DemoAccess access)
    {
        var user = await users.FindByEmailAsync(Email);
        if (user is null)
        {
            user = new User { UserName = Email, Email = Email, EmailConfirmed = true, CreatedAt = Now };
            Check(await users.CreateAsync(user, access.Password));
        }
        else if (!await users.CheckPasswordAsync(user, access.Password))
        {
            Check(await users.RemovePasswordAsync(user));
            Check(await users.AddPasswordAsync(user, access.Password));
        }
        return user;
    }

    async Task EnsureKeyAsync(DemoAccess access, CancellationToken cancel)
    {
        var hash = ApiKeyText.Hash(access.ApiKey);
        if (await db.ApiKeys.AnyAsync(k => k.Hash == hash, cancel)) return;
        db.ApiKeys.Add(new ApiKey
        {
            TenantId = TenantId,
            Name = "Demo",
            Prefix = ApiKeyText.Shown(access.ApiKey),
            Hash = hash,
            Scopes = [ApiScopes.StatsRead],
            CreatedAt = Now,
        });
    }

    Site NewSite(DemoAccess access, TimeZoneInfo zone)
    {
        var site = new Site
        {
            TenantId = TenantId,
            TrackingId = access.TrackingId,
            Domain = Domain,
            Name = "Bean & Kettle",
            TimeZone = zone.Id,
            CreatedAt = Now,
        };
        db.Sites.Add(site);
        return site;
    }

    static void Check(IdentityResult result)
    {
        if (result.Succeeded) return;
        var why = string.Join(' ', result.Errors.Select(e => e.Description));
        throw new InvalidOperationException($"The demo's user cannot be made: {why}");
    }
}
