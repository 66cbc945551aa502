using Microsoft.AspNetCore.Identity;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Long passwords of any kind, slow hashes, few tries.</summary>
static class PasswordRules
{
    public const int MinLength = 10;
    public const int MaxLength = 200;

    /// <summary>PBKDF2 with SHA-512; OWASP asks for at least 210,000.</summary>
    public const int Iterations = 250_000;

    public static void Apply(IdentityOptions options)
    {
        var password = options.Password;
        password.RequiredLength = MinLength;
        password.RequiredUniqueChars = 1;
        password.RequireDigit = password.RequireLowercase = password.RequireUppercase = password.RequireNonAlphanumeric = false;
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
        options.SignIn.RequireConfirmedEmail = true;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
    }
}
