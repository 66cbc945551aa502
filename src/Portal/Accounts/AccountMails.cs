using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Adds the mails of the account pages to the outbox; the caller saves, in the transaction that makes them necessary.</summary>
sealed class AccountMails(
    AnalyticsDb db, UserManager<User> users, IOptions<PortalSettings> portal, AddressLimit limit, TimeProvider time)
{
    public async Task ConfirmAsync(User user) => Add(user, new Letter("Confirm your e-mail address")
        .Say("Welcome. Confirm that this address is yours, then sign in and add your first site.")
        .Link("Confirm address", Url("/confirm", user, await users.GenerateEmailConfirmationTokenAsync(user)))
        .Say("The link works for 24 hours. If you did not sign up, ignore this mail: nothing happens."));

    public async Task ResetAsync(User user) => Add(user, new Letter("Choose a new password")
        .Say("Somebody, we hope you, asked for a new password for this account.")
        .Link("Choose a new password", Url("/reset-password", user, await users.GeneratePasswordResetTokenAsync(user)))
        .Say("The link works for 24 hours and once. If it was not you, ignore this mail: your password stays as it is."));

    public void AlreadyHere(User user) => Add(user, new Letter("You already have an account")
        .Say("Somebody, we hope you, tried to sign up with this address. It already has an account.")
        .Link("Sign in", portal.Value.Absolute("/sign-in"))
        .Say("If you forgot your password, the sign-in page helps. If it was not you, ignore this mail."));

    void Add(User user, Letter letter)
    {
        if (!limit.MayMail(user.Email!)) return;
        db.Outbox.Add(letter.To(user.Email!, time.GetUtcNow().UtcDateTime));
    }

    string Url(string path, User user, string token) => portal.Value.Absolute(QueryHelpers.AddQueryString(
        path, new Dictionary<string, string?> { ["user"] = user.Id.ToString(), ["token"] = token }));
}
