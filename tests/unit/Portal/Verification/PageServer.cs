using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Tests.Portal.Verification;

/// <summary>A web site on a loopback address.</summary>
sealed class PageServer : IAsyncDisposable
{
    readonly WebApplication app;

    PageServer(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.Single()).Port;
    public int Requests { get; private set; }

    public static async Task<PageServer> StartAsync(RequestDelegate answer, string address = "127.0.0.1", Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Parse(address), 0, o => listen?.Invoke(o)));
        var app = builder.Build();
        var server = new PageServer(app);
        app.Run(context =>
        {
            server.Requests++;
            return answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public static Task<PageServer> HtmlAsync(string html, string? policy = null) => StartAsync(context =>
    {
        if (policy is not null) context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
