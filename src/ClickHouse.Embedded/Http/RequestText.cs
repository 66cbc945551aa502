using System.IO.Compression;
using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>
/// The statement as ClickHouse reads it: the address' query, a line feed, the decompressed body. Only as much is
/// read into memory as the statement needs; an INSERT's data stays in <see cref="Rest"/>.
/// </summary>
internal sealed class RequestText : IDisposable
{
    private const int FirstRead = 256 << 10;
    private const int LongestStatement = 64 << 20;

    private byte[] _buffer = new byte[4096];
    private int _length;

    private RequestText(Stream rest) => Rest = rest;

    public Stream Rest { get; }
    public InsertShape? Insert { get; private set; }
    public ReadOnlyMemory<byte> Statement => _buffer.AsMemory(0, Insert?.StatementEnd ?? _length);

    /// <summary>Data of the INSERT that has been read already; <see cref="Rest"/> continues it.</summary>
    public ReadOnlyMemory<byte> FirstData => _buffer.AsMemory(Insert!.Value.DataStart.._length);

    /// <exception cref="EngineException">Encoding not served, or statement too long.</exception>
    public static async Task<RequestText> ReadAsync(HttpRequest request, string query, CancellationToken cancellationToken)
    {
        var text = new RequestText(StatementRequest.IsForm(request) ? Stream.Null : Decode(request));
        text.Append(System.Text.Encoding.UTF8.GetBytes(query));
        if (query.Length > 0)
            text.Append("\n"u8);
        await text.ReadStatementAsync(cancellationToken);
        return text;
    }

    public void Dispose() => Rest.Dispose();

    private static Stream Decode(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
        "zstd" => new ZstdSharp.DecompressionStream(request.Body),
        var other => throw new EngineException(89, "UNKNOWN_COMPRESSION_METHOD", $"The embedded ClickHouse reads no '{other}' bodies."),
    };

    private async Task ReadStatementAsync(CancellationToken cancellationToken)
    {
        for (var target = _length + FirstRead; ; target *= 2)
        {
            Grow(target);
            var read = await Rest.ReadAtLeastAsync(_buffer.AsMemory(_length), _buffer.Length - _length, throwOnEndOfStream: false, cancellationToken);
            _length += read;
            Insert = SqlText.FindInsert(_buffer.AsSpan(0, _length));
            if (Insert is not null || _length < _buffer.Length)
                return;
            if (_length > LongestStatement)
                throw new EngineException(62, "SYNTAX_ERROR", $"The statement is longer than {LongestStatement} bytes.");
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Grow(_length + bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Grow(int size) => Array.Resize(ref _buffer, Math.Max(size, _buffer.Length));
}
