using System.Net;

namespace SaaS.Analytics.Hosting;

/// <summary>Which servers outside may be opened; checked for every hop and every connection.</summary>
public sealed record Reach(Func<IPAddress, bool> Address, Func<int, bool> Port)
{
    /// <summary>Public addresses, ports 80 and 443.</summary>
    public static readonly Reach Internet = new(PublicAddress.IsPublic, port => port is 80 or 443);

    /// <summary>For intranets and tests.</summary>
    public static readonly Reach Anything = new(_ => true, _ => true);
}
