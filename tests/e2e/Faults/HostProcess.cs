using SaaS.Analytics.E2E.Products;
using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Starts one of the product's hosts, again and again at the same address.</summary>
sealed class HostProcess(string project, string log, Func<Dictionary<string, string>> settings)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    readonly int port = StablePort.Next();

    public Uri Url => new($"http://127.0.0.1:{port}");

    /// <exception cref="InvalidOperationException">It stopped, or is not ready for too long.</exception>
    public async Task<ChildProcess> StartAsync()
    {
        var environment = settings();
        environment.TryAdd("Logging__LogLevel__Default", "Warning");
        var child = ChildProcess.Start(Programs.Command(project, "--urls", Url.ToString()), log, environment);
        using var http = new HttpClient();
        for (var end = TimeProvider.System.GetUtcNow() + Patience; !child.HasExited && TimeProvider.System.GetUtcNow() < end; await Task.Delay(100))
            if (await IsReadyAsync(http)) return child;
        await child.DisposeAsync();
        throw new InvalidOperationException($"{project} is not ready: {child.LogTail(20)}");
    }

    async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri(Url, "/health/ready"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }
}
