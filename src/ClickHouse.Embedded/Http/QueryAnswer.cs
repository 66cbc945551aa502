using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>
/// Runs everything that is not an INSERT with data. The first mebibyte of a result is held back, so that most
/// errors still get their own status; an error after that breaks the connection. The body is only completed on
/// success: a compressor's trailer would make half a result look whole.
/// </summary>
internal sealed class QueryAnswer(ClickHouseEngine engine, HttpContext context, StatementRequest statement, RequestText text, EngineConnection connection)
{
    private const int HeldBack = 1 << 20;

    private readonly string _format = SqlText.FindFormat(text.Statement.Span) ?? statement.DefaultFormat;

    public async Task WriteAsync()
    {
        using var stream = RepeatedHeader.CanStream(_format) ? await Task.Run(() => connection.TryStream(text.Statement.Span, _format, statement.Parameters)) : null;
        if (stream is null)
        {
            await WriteWholeAsync();
            return;
        }

        using var stopping = StopOnDisconnect();
        await WriteStreamAsync(stream);
    }

    private async Task WriteWholeAsync()
    {
        var (count, onlyReads) = connection.Analyze(text.Statement.Span);
        if (count > 1)
            throw new EngineException(62, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed).");
        using var stopping = onlyReads ? StopOnDisconnect() : null;
        using var result = await Task.Run(() => connection.Query(text.Statement.Span, _format, statement.Parameters));
        var body = Begin(result.Progress);
        await result.Open(0).CopyToAsync(body, context.RequestAborted);
        await body.DisposeAsync();
    }

    private StopOnDisconnect StopOnDisconnect() => new(engine, statement.Mark, context.RequestAborted);

    private async Task WriteStreamAsync(QueryStream stream)
    {
        var held = new List<EngineResult>();
        try
        {
            var more = await HoldAsync(stream, held);
            var body = Begin(held.Aggregate(default(Progress), (sum, chunk) => sum + chunk.Progress));
            for (var i = 0; i < held.Count; i++)
                await CopyAsync(held[i], body, i == 0);
            if (more)
                await WriteRestAsync(stream, body);
            await body.DisposeAsync();
        }
        finally
        {
            held.ForEach(chunk => chunk.Dispose());
        }
    }

    private static async Task<bool> HoldAsync(QueryStream stream, List<EngineResult> held)
    {
        for (var length = 0; length < HeldBack; length += held[^1].Length)
        {
            if (await Task.Run(stream.Next) is not { } chunk)
                return false;
            held.Add(chunk);
        }

        return true;
    }

    private async Task WriteRestAsync(QueryStream stream, Stream body)
    {
        while (await Task.Run(stream.Next) is { } chunk)
            using (chunk)
                await CopyAsync(chunk, body, isFirst: false);
    }

    private async Task CopyAsync(EngineResult chunk, Stream body, bool isFirst)
    {
        var skipped = isFirst ? 0 : RepeatedHeader.Length(_format, chunk.Bytes);
        await chunk.Open(skipped).CopyToAsync(body, context.RequestAborted);
    }

    private Stream Begin(Progress progress)
    {
        var encoding = ResultBody.Encoding(statement, context.Request);
        ResponseHeaders.Result(context.Response, _format, progress, encoding);
        return ResultBody.Open(context.Response, encoding);
    }
}
