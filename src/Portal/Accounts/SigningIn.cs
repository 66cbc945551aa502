using Microsoft.AspNetCore.Identity;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

enum SignInAnswer
{
    Wrong,
    Unconfirmed,
    SignedIn,
}

/// <summary>
/// Signing in by password. An unknown address, a locked account and a wrong password get the same answer after the same
/// work; only who knows the password hears that the address is not confirmed yet.
/// </summary>
sealed class SigningIn(AnalyticsDb db, UserManager<User> users, SignInManager<User> signIn, AccountMails mails)
{
    static readonly User Nobody = new();
    static string? nobodysHash;

    public async Task<SignInAnswer> TryAsync(string email, string password, bool remember, CancellationToken cancel)
    {
        var user = await users.FindByEmailAsync(email);
        if (user is null || await users.IsLockedOutAsync(user)) return Burn(password);
        if (!await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            return SignInAnswer.Wrong;
        }
        await users.ResetAccessFailedCountAsync(user);
        if (!user.EmailConfirmed) return await RemindAsync(user, cancel);
        await signIn.SignInAsync(user, remember);
        return SignInAnswer.SignedIn;
    }

    /// <summary>Takes as long as a real check.</summary>
    SignInAnswer Burn(string password)
    {
        nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        users.PasswordHasher.VerifyHashedPassword(Nobody, nobodysHash, password);
        return SignInAnswer.Wrong;
    }

    async Task<SignInAnswer> RemindAsync(User user, CancellationToken cancel)
    {
        await mails.ConfirmAsync(user);
        await db.SaveChangesAsync(cancel);
        return SignInAnswer.Unconfirmed;
    }
}
