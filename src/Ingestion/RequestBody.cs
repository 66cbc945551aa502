using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads a body of at most 1 MB, 4 MB once decompressed. What it is called in <c>Content-Type</c> says nothing.</summary>
static class RequestBody
{
    public const int MaxBytes = 1024 * 1024;
    const int MaxDecompressedBytes = 4 * MaxBytes;

    /// <exception cref="RefusedRequestException">Too large (413), unknown encoding (415), damaged compression (400).</exception>
    public static async ValueTask<BodyBytes> ReadAsync(HttpContext context)
    {
        var encoding = Encoding(context.Request.Headers.ContentEncoding.ToString());
        var raw = await RawAsync(context);
        var decompress = encoding ?? Sniff(raw.Span);
        if (decompress is null) return raw;
        using (raw) return Decompress(raw, decompress);
    }

    static async ValueTask<BodyBytes> RawAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes) throw TooLarge("The body is larger than 1 MB.");
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var length = read.Buffer.Length;
            if (length > MaxBytes) throw TooLarge("The body is larger than 1 MB.");
            if (read.IsCompleted)
            {
                var bytes = ArrayPool<byte>.Shared.Rent((int)length);
                read.Buffer.CopyTo(bytes);
                reader.AdvanceTo(read.Buffer.End);
                return new BodyBytes(bytes, (int)length);
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    static Func<Stream, Stream>? Encoding(string header) => header.Trim().ToLowerInvariant() switch
    {
        "" or "identity" => null,
        "gzip" or "x-gzip" => Gzip,
        "deflate" => Deflate,
        "br" => s => new BrotliStream(s, CompressionMode.Decompress),
        _ => throw new RefusedRequestException(
            StatusCodes.Status415UnsupportedMediaType, "Unknown encoding", "Content-Encoding must be gzip, deflate, br or identity."),
    };

    // Some clients compress and do not say so; JSON never starts like this.
    static Func<Stream, Stream>? Sniff(ReadOnlySpan<byte> body) => body is [0x1F, 0x8B, ..] ? Gzip : null;

    static GZipStream Gzip(Stream body) => new(body, CompressionMode.Decompress);

    // HTTP's deflate is zlib; some clients send it bare.
    static Stream Deflate(Stream body)
    {
        var (first, second) = (body.ReadByte(), body.ReadByte());
        body.Position = 0;
        return (first & 0x0F) == 8 && (first * 256 + second) % 31 == 0
            ? new ZLibStream(body, CompressionMode.Decompress)
            : new DeflateStream(body, CompressionMode.Decompress);
    }

    static BodyBytes Decompress(BodyBytes body, Func<Stream, Stream> decompress)
    {
        using var source = new MemoryStream(body.Array, 0, body.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(MaxDecompressedBytes + 1);
        try
        {
            using var stream = decompress(source);
            var length = stream.ReadAtLeast(bytes.AsSpan(0, MaxDecompressedBytes + 1), MaxDecompressedBytes + 1, throwOnEndOfStream: false);
            if (length <= MaxDecompressedBytes) return new BodyBytes(bytes, length);
            throw TooLarge("The body is larger than 4 MB once decompressed.");
        }
        catch (Exception e)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            if (e is not (InvalidDataException or InvalidOperationException or IOException)) throw;
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, "Malformed body", "The compressed body is damaged.");
        }
    }

    static RefusedRequestException TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "Too large", detail);
}
