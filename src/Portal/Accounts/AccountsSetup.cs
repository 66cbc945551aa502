using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Accounts;

static class AccountsSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        AddIdentity(builder.Services);
        AddCookie(builder.Services);
        builder.AddAccountLimits();
        builder.Services.AddDataProtection().SetApplicationName("analytics").PersistKeysToDbContext<AnalyticsDb>();
        builder.Services.AddScoped<Memberships>();
        builder.Services.AddScoped<CurrentMember>();
        builder.Services.AddScoped<AccountMails>();
        builder.Services.AddScoped<SigningUp>();
        builder.Services.AddScoped<SigningIn>();
        builder.Services.AddScoped<PasswordReset>();
        builder.Services.AddScoped<ApiKeys>();
    }

    static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<User>(PasswordRules.Apply)
            .AddEntityFrameworkStores<AnalyticsDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<MemberClaims>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = PasswordRules.Iterations);
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = TimeSpan.FromHours(24));
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(2));
    }

    static void AddCookie(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorization();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<PortalSettings>>((o, portal) =>
        {
            SafeCookie.Apply(o.Cookie, "session", portal.Value);
            o.LoginPath = "/sign-in";
            o.LogoutPath = "/sign-out";
            o.AccessDeniedPath = "/error/403";
            o.ReturnUrlParameter = "next";
            o.ExpireTimeSpan = TimeSpan.FromDays(14);
            o.SlidingExpiration = true;
        });
    }
}
