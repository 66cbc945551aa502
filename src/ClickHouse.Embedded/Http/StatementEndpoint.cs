using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>ClickHouse's HTTP interface: <c>/ping</c> and statements on <c>/</c>.</summary>
internal sealed class StatementEndpoint(ClickHouseEngine engine, Credentials credentials)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var isStatement = context.Request.Path == "/" && (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsGet(context.Request.Method));
        if (isStatement)
            await AnswerStatementAsync(context);
        else if (context.Request.Path == "/ping")
            await context.Response.WriteAsync("Ok.\n", context.RequestAborted);
        else
            await NotFoundAsync(context);
    }

    private async Task AnswerStatementAsync(HttpContext context)
    {
        if (!credentials.Match(context.Request))
        {
            await ErrorAnswer.WriteAsync(context, WrongCredentials());
            return;
        }

        try
        {
            await RunAsync(context);
        }
        catch (EngineException failure) when (!context.Response.HasStarted)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await ErrorAnswer.WriteAsync(context, failure);
        }
        catch (InvalidDataException failure) when (!context.Response.HasStarted)
        {
            await ErrorAnswer.WriteAsync(context, new EngineException(271, "CANNOT_DECOMPRESS", failure.Message));
        }
        catch (Exception failure) when (failure is EngineException || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        var statement = await StatementRequest.ReadAsync(context.Request, context.RequestAborted);
        ResponseHeaders.Statement(context.Response, statement);
        using var text = await RequestText.ReadAsync(context.Request, statement.Query, context.RequestAborted);
        using var connection = await engine.OpenAsync(context.RequestAborted);
        await Task.Run(() => statement.Prepare(connection));
        if (text.Insert is not null)
        {
            await InsertAnswer.WriteAsync(context, statement, text, connection);
            return;
        }

        await new QueryAnswer(engine, context, statement, text, connection).WriteAsync();
    }

    private static EngineException WrongCredentials() => new(ErrorAnswer.AuthenticationFailed, "AUTHENTICATION_FAILED",
        "Authentication failed: password is incorrect, or there is no user with such name.");

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync($"There is no handle {context.Request.Path}\n", context.RequestAborted);
    }
}
