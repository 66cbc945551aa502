using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.E2E.Browser;

/// <summary>A customer's web site on an origin of its own: long pages, a link, a single-page navigation.</summary>
public sealed class CustomerSite : IAsyncDisposable
{
    readonly WebApplication app;

    CustomerSite(WebApplication app, string host) => (this.app, Host) = (app, host);

    public string Host { get; }

    /// <summary>What the customer pastes into the head of every page.</summary>
    public string Snippet { get; set; } = "";

    public string Address => $"http://{Host}:{new Uri(app.Urls.First()).Port}";

    public static async Task<CustomerSite> StartAsync(string host)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var site = new CustomerSite(builder.Build(), host);
        site.app.MapGet("/{**path}", (string? path) => Results.Content(site.Page(path ?? ""), "text/html; charset=utf-8"));
        await site.app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    string Page(string path) => $"""
        <!doctype html><html lang="en"><head><title>Shop {path}</title>{Snippet}</head>
        <body style="height:3000px"><h1>Shop</h1>
        <a id="product" href="/product">A product</a>
        <button id="spa" onclick="history.pushState({'{'}{'}'}, '', '/spa'); document.title = 'SPA'">Navigate in the page</button>
        <button id="buy" onclick="window.analytics && analytics.track('purchase', {'{'}plan: 'pro'{'}'})">Buy</button></body></html>
        """;
}
