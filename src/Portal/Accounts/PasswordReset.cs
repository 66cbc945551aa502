using Microsoft.AspNetCore.Identity;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>The way back for who forgot the password: through the mailbox. Says nothing about which addresses exist.</summary>
sealed class PasswordReset(AnalyticsDb db, UserManager<User> users, AccountMails mails, TimeProvider time)
{
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    /// <summary>Takes the same time for an unknown address as for one that gets a mail.</summary>
    public Task AskAsync(string email, CancellationToken cancel) =>
        Task.WhenAll(MailAsync(email, cancel), Task.Delay(Shortest, time, cancel));

    async Task MailAsync(string email, CancellationToken cancel)
    {
        if (await users.FindByEmailAsync(email) is not { } user) return;
        await mails.ResetAsync(user);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A used link proves the mailbox, so that it confirms the address too; it ends every session and the lockout.</summary>
    /// <returns>False where the link is not valid (any more).</returns>
    public async Task<bool> ChangeAsync(Guid userId, string token, string password)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { } user) return false;
        var changed = await users.ResetPasswordAsync(user, token, password);
        if (!changed.Succeeded) return false;
        user.EmailConfirmed = true;
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        return true;
    }
}
