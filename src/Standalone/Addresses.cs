using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.Standalone;

/// <summary>Where the two web servers of one process listen: two ports, so that scripts never come from the portal's origin.</summary>
public sealed record Addresses(int PortalPort, int CollectorPort)
{
    public string Portal => $"http://localhost:{PortalPort}";
    public string Collector => $"http://localhost:{CollectorPort}";

    /// <exception cref="StandaloneException">A port is taken.</exception>
    public static Addresses Choose(int port)
    {
        var chosen = port == 0 ? new Addresses(FreePort.Next(), FreePort.Next()) : new Addresses(port, port + 1);
        foreach (var wanted in (int[])[chosen.PortalPort, chosen.CollectorPort])
            if (!FreePort.IsFree(wanted))
                throw new StandaloneException($"Port {wanted} is in use: choose another with --port N (the collector takes N + 1), or --port 0 for any.");
        return chosen;
    }
}
