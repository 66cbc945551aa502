using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Portal.Layout;

static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var mvc = builder.Services.AddRazorPages(pages =>
        {
            pages.Conventions.AuthorizeFolder("/Sites");
            pages.Conventions.AuthorizeFolder("/Account");
            pages.Conventions.AuthorizeFolder("/Alerts");
        });
        mvc.ConfigureApplicationPartManager(AddThisAssembly);
        builder.Services.AddRouting(o => o.LowercaseUrls = true);
        builder.Services.AddSingleton<BuiltFiles>();
        builder.Services.AddScoped<Nonce>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddAntiforgery(o => o.Cookie.SameSite = SameSiteMode.Lax);
        builder.Services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<IOptions<PortalSettings>>(
            (o, portal) => SafeCookie.Apply(o.Cookie, "form", portal.Value));
    }

    /// <summary>Errors, proxies and security headers around everything that the portal answers.</summary>
    public static void UseFrame(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<IOptions<PortalSettings>>().Value;
        app.UseForwardedHeaders(Forwarded(settings));
        if (settings.IsHttps) app.UseHsts();
        app.UseMiddleware<SecurityHeaders>();
        app.UseErrorAnswers();
    }

    static ForwardedHeadersOptions Forwarded(PortalSettings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.Proxies) options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        if (settings.Proxies.Length == 0) options.ForwardedHeaders = ForwardedHeaders.None;
        return options;
    }

    /// <summary>In Standalone the pages are in a referenced assembly, which MVC does not always look into.</summary>
    static void AddThisAssembly(ApplicationPartManager parts)
    {
        var assembly = typeof(PortalSetup).Assembly;
        if (parts.ApplicationParts.Any(p => p.Name == assembly.GetName().Name)) return;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
            parts.ApplicationParts.Add(part);
    }
}
