using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Enters the tenant of the cookie for the rest of the request, after asking whether its user still belongs to it.</summary>
sealed class TenantGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, TenantScope scope, AnalyticsDb db, CurrentMember current)
    {
        if (context.User.Identity is { IsAuthenticated: true, AuthenticationType: not null } && !current.SignedIn)
            await EnterAsync(context, scope, db, current);
        await next(context);
    }

    static async Task EnterAsync(HttpContext context, TenantScope scope, AnalyticsDb db, CurrentMember current)
    {
        if (context.User.FindFirstValue(MemberClaims.Tenant) is { } claim && Guid.TryParse(claim, out var tenant)
            && Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var user))
        {
            scope.Enter(tenant);
            var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == user, context.RequestAborted);
            if (member is not null)
            {
                current.Set(member);
                return;
            }
        }
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
    }
}
