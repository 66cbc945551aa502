using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>
/// Signing up: user, tenant, its owner and the confirmation mail in one transaction. An address that has an account gets
/// a mail that says so; who asked is answered the same in both cases.
/// </summary>
sealed class SigningUp(AnalyticsDb db, TenantScope scope, UserManager<User> users, AccountMails mails, TimeProvider time)
{
    /// <returns>What is wrong with the password; empty where a mail is on its way.</returns>
    public async Task<IReadOnlyList<string>> StartAsync(string email, string password, CancellationToken cancel)
    {
        var user = new User { UserName = email, Email = email, CreatedAt = time.GetUtcNow().UtcDateTime };
        var tenant = new Tenant { Name = email[..Math.Min(email.Length, 120)], CreatedAt = user.CreatedAt };
        scope.Enter(tenant.Id);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var created = await users.CreateAsync(user, password);
            if (created.Succeeded)
            {
                await OwnAsync(tenant, user, cancel);
                await transaction.CommitAsync(cancel);
                return [];
            }
            if (!created.Errors.Any(IsTaken)) return [.. created.Errors.Select(e => e.Description)];
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same form was sent twice at once; the other one made the account.
        }
        await TellOwnerAsync(email, cancel);
        return [];
    }

    async Task OwnAsync(Tenant tenant, User user, CancellationToken cancel)
    {
        db.Tenants.Add(tenant);
        db.Members.Add(new Member { TenantId = tenant.Id, UserId = user.Id, Role = MemberRole.Owner, CreatedAt = user.CreatedAt });
        await mails.ConfirmAsync(user);
        await db.SaveChangesAsync(cancel);
    }

    async Task TellOwnerAsync(string email, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (await users.FindByEmailAsync(email) is not { } owner) return;
        if (owner.EmailConfirmed) mails.AlreadyHere(owner);
        else await mails.ConfirmAsync(owner);
        await db.SaveChangesAsync(cancel);
    }

    static bool IsTaken(IdentityError error) =>
        error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName);
}
