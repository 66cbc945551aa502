using System.IO.Compression;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Ingestion;

/// <summary>One site's script, compressed once.</summary>
sealed class RenderedScript(byte[] plain)
{
    readonly byte[] brotli = Compress(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize));
    readonly byte[] gzip = Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize));

    public string ETag { get; } = SiteScript.ETag(plain);

    /// <returns>The body in the best encoding the client takes, and the name of it; empty for none.</returns>
    public (byte[] Body, string Encoding) For(string acceptEncoding) =>
        acceptEncoding.Contains("br", StringComparison.OrdinalIgnoreCase) ? (brotli, "br")
        : acceptEncoding.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (gzip, "gzip")
        : (plain, "");

    static byte[] Compress(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var to = new MemoryStream();
        using (var stream = compressor(to)) stream.Write(plain);
        return to.ToArray();
    }
}
