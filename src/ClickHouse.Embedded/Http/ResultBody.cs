using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>The response body, compressed when the client asked for it.</summary>
internal static class ResultBody
{
    private const int FastZstd = 1;

    /// <summary>The encoding to use, ClickHouse's preference first; null for none.</summary>
    public static string? Encoding(StatementRequest statement, HttpRequest request)
    {
        if (!statement.MayCompress)
            return null;
        var accepted = request.Headers.AcceptEncoding;
        return Array.Find(["zstd", "br", "gzip", "deflate"], encoding => Accepts(accepted, encoding));
    }

    public static Stream Open(HttpResponse response, string? encoding) => encoding switch
    {
        "zstd" => new ZstdSharp.CompressionStream(response.Body, FastZstd, leaveOpen: true),
        "br" => new BrotliStream(response.Body, CompressionLevel.Fastest, leaveOpen: true),
        "gzip" => new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(response.Body, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BufferedStream(response.Body),
    };

    private static bool Accepts(StringValues accepted, string encoding) => accepted
        .SelectMany(line => (line ?? "").Split(','))
        .Any(part => part.Split(';')[0].Trim().Equals(encoding, StringComparison.OrdinalIgnoreCase));
}
