using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Portal.Admin;

/// <summary>Who runs this installation: the confirmed addresses in <see cref="PortalSettings.Operators"/>. Nobody by default.</summary>
public sealed class OperatorGate(IOptions<PortalSettings> settings)
{
    /// <summary>Only confirmed addresses can sign in, so that the name in the cookie is proof enough.</summary>
    public bool Admits(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && user.FindFirstValue(ClaimTypes.Email) is { } email
        && settings.Value.Operators.Contains(email, StringComparer.OrdinalIgnoreCase);
}
