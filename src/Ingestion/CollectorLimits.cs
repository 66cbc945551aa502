using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SaaS.Analytics.Ingestion;

/// <summary>Kestrel's own limits are far too wide for a door that anybody on the internet may knock at.</summary>
static class CollectorLimits
{
    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = RequestBody.MaxBytes;
        options.Limits.MaxConcurrentConnections = 20_000;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Limits.MaxRequestLineSize = 8 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
    }
}
