using System.Net;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Portal.Sites.Verification;

static class VerificationSetup
{
    public static void AddVerification(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
        {
            var allow = services.GetRequiredService<IOptions<PortalSettings>>().Value.VerifyPrivateNetworks;
            return Fetch((host, cancel) => Dns.GetHostAddressesAsync(host, cancel), allow ? Reach.Anything : Reach.Internet);
        });
        builder.Services.AddSingleton<InstallCheck>();
    }

    /// <param name="resolve">The look-up of names.</param>
    /// <param name="reach">What may be opened.</param>
    public static PageFetch Fetch(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Reach reach)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = new GuardedConnection(resolve, reach).OpenAsync,
        };
        return new PageFetch(new HttpClient(handler, disposeHandler: true), reach);
    }
}
