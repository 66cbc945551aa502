using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>Kestrel's limits for a database: bodies of any size and pace, parameters in long addresses.</summary>
internal static class Limits
{
    private const int LongestAddress = 16 << 20;

    public static void Apply(KestrelServerOptions kestrel, int port)
    {
        kestrel.Listen(IPAddress.Loopback, port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestLineSize = LongestAddress;
        kestrel.Limits.MaxRequestBufferSize = LongestAddress + (1 << 20);
    }
}
