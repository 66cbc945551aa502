using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SaaS.Analytics.Bench;

/// <summary>Kestrel with one endpoint that reads the body, throws it away and answers as the collector does.</summary>
sealed class BareServer(WebApplication app) : IAsyncDisposable
{
    static readonly byte[] Answer = """{"accepted":1,"rejected":[]}"""u8.ToArray();

    public int Port { get; } = PortOf(app);

    public static async Task<BareServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/v1/batch", DiscardAsync);
        await app.StartAsync();
        return new BareServer(app);
    }

    public static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static async Task DiscardAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (await reader.ReadAsync() is var read)
        {
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.BodyWriter.WriteAsync(Answer);
    }
}
