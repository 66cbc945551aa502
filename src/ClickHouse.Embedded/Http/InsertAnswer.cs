using System.Buffers;
using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>Streams a request body into an INSERT; a body that breaks off stores nothing of its last block.</summary>
internal static class InsertAnswer
{
    private const int PieceSize = 128 << 10;

    public static async Task WriteAsync(HttpContext context, StatementRequest statement, RequestText text, EngineConnection connection)
    {
        using var insert = await Task.Run(() => connection.Insert(text.Statement.Span, text.Insert!.Value.Format, statement.Parameters));
        await SendAsync(text, insert, context.RequestAborted);
        var progress = await Task.Run(insert.Done);
        ResponseHeaders.Summary(context.Response, progress);
    }

    private static async Task SendAsync(RequestText text, InsertStream insert, CancellationToken cancellationToken)
    {
        if (!await Task.Run(() => insert.Append(text.FirstData.Span), CancellationToken.None))
            return;
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            while (await text.Rest.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var length)
                if (!await Task.Run(() => insert.Append(piece.AsSpan(0, length)), CancellationToken.None))
                    return;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
