using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>
/// A port that nobody takes while its server is away: below those that the system gives to outgoing connections.
/// </summary>
static class StablePort
{
    const int First = 20_000;
    const int Last = 31_000;
    static readonly HashSet<int> Given = [];

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (Given.Add(port) && FreePort.IsFree(port)) return port;
        }
    }
}
