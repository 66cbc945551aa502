using System.Security.Cryptography;
using System.Text.Json;

namespace SaaS.Analytics.Tracker;

/// <summary>Makes one site's analytics.js: the runtime that all sites share, called with the site's settings.</summary>
public static class SiteScript
{
    static readonly byte[] Runtime = LoadRuntime();

    /// <summary>
    /// The script as UTF-8, of ASCII characters only. The settings are escaped so that it may also stand inside a script element.
    /// </summary>
    public static byte[] Render(SiteScriptSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // The serializer's default encoder escapes <, >, &, quotes and everything beyond ASCII, line separators included.
        return [.. "(function($site){"u8, .. Runtime, .. "})("u8, .. JsonSerializer.SerializeToUtf8Bytes(Argument(settings)), .. ");\n"u8];
    }

    /// <summary>A strong entity tag of a rendered script, quotes included: equal for equal bytes.</summary>
    public static string ETag(ReadOnlySpan<byte> script)
        => $"\"{Convert.ToHexStringLower(SHA256.HashData(script).AsSpan(0, 16))}\"";

    // The names that browser/site.ts reads.
    static object Argument(SiteScriptSettings settings) => new
    {
        id = settings.TrackingId,
        endpoint = settings.Endpoint?.TrimEnd('/') ?? "",
        consented = settings.ConsentedByDefault,
        timeout = Math.Clamp(settings.VisitTimeoutMinutes, 5, 240),
        hosts = settings.OwnHosts,
        pageviews = settings.Pageviews,
        engagement = settings.Engagement,
        outbound = settings.OutboundLinks,
        downloads = settings.FileDownloads,
        forms = settings.FormSubmits,
        notFound = settings.NotFound,
        hash = settings.HashRouting,
    };

    static byte[] LoadRuntime()
    {
        using var resource = typeof(SiteScript).Assembly.GetManifestResourceStream("analytics.js")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
