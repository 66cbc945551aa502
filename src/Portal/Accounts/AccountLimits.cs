using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>How often account pages may be posted to: per network address by the middleware, per e-mail address by <see cref="AddressLimit"/>.</summary>
static class AccountLimits
{
    public const string Policy = "account";
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static void AddAccountLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AddressLimit>();
        builder.Services.AddRateLimiter(o => o.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<PortalSettings>>((limits, portal) =>
            limits.AddPolicy(Policy, context => Partition(context, portal.Value.AccountPostsPer5Minutes)));
    }

    static RateLimitPartition<string> Partition(HttpContext context, int permits) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetSlidingWindowLimiter(Network(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = Window,
            SegmentsPerWindow = 5,
            QueueLimit = 0,
        })
        : RateLimitPartition.GetNoLimiter("read");

    /// <summary>An IPv6 customer owns a /64, so that is what counts as one.</summary>
    static string Network(HttpContext context)
    {
        var ip = context.Connection.RemoteIpAddress;
        if (ip is null) return "";
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        return ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8)) : ip.ToString();
    }
}
