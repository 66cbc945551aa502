using SaaS.Analytics.Traffic.Demo;
using SaaS.Analytics.Traffic.History;

namespace SaaS.Analytics.Standalone;

/// <summary>Fills the demo tenant with history, once, behind a progress bar, then lets live visitors come.</summary>
static class DemoStart
{
    public static async Task<DemoAccess> PrepareAsync(WebApplication app, DataDirectory data, Addresses addresses)
    {
        var site = app.Services.GetRequiredService<DemoSite>();
        var bar = new ProgressBar(Console.Out, isTerminal: !Console.IsOutputRedirected);
        var access = await site.PrepareAsync(data.Sub("demo.json"), bar, app.Lifetime.ApplicationStopping);
        site.GoLive(access, new Uri(addresses.Collector));
        Console.WriteLine($"Demo:   {access.Email}, password {access.Password}");
        return access;
    }
}
