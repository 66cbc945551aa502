using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Portal.Outbox;

/// <summary>Who may read unsent mails: only somebody on this machine who knows the run's token, and only where there is one.</summary>
sealed class OutboxGate(IOptions<PortalSettings> portal)
{
    public bool Opens(HttpContext context, string? token) =>
        portal.Value.OutboxToken is { Length: > 0 } right && IsLocal(context) && token is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(right));

    static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } ip && IPAddress.IsLoopback(ip) && !context.Request.Headers.ContainsKey("X-Forwarded-For");
}
