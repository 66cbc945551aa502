using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SaaS.Analytics.Tracker;

/// <summary>Makes one site's analytics.js: the runtime that all sites share, called with the site's settings.</summary>
public static class SiteScript
{
    static readonly byte[] Runtime = LoadRuntime();

    // What is off is not written. The default encoder escapes <, >, &, quotes and all beyond ASCII, line separators included.
    static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>
    /// The script as UTF-8, of ASCII characters only. The settings are escaped so that it may also stand inside a script element.
    /// </summary>
    public static byte[] Render(SiteScriptSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var argument = JsonSerializer.SerializeToUtf8Bytes(Argument(settings), Json);
        return [.. "(function($site){"u8, .. Runtime, .. "})("u8, .. argument, .. ");\n"u8];
    }

    /// <summary>A strong entity tag of a rendered script, quotes included: equal for equal bytes.</summary>
    public static string ETag(ReadOnlySpan<byte> script)
        => $"\"{Convert.ToHexStringLower(SHA256.HashData(script).AsSpan(0, 16))}\"";

    // The names that browser/site.ts reads.
    static object Argument(SiteScriptSettings settings) => new
    {
        id = settings.TrackingId,
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
