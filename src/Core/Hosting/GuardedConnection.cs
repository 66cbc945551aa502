using System.Net;
using System.Net.Sockets;

namespace SaaS.Analytics.Hosting;

/// <summary>The name leads to an address that must not be opened.</summary>
public sealed class PrivateAddressException(string host) : IOException($"{host} is in a private network.");

/// <summary>
/// Opens connections to addresses that customers typed. Looks the name up itself and connects to exactly the address that it has
/// checked, so that a name which changes its address between look-up and connection gains nothing.
/// </summary>
/// <param name="resolve">The look-up; a test puts in its own.</param>
/// <param name="reach">What may be opened.</param>
public sealed class GuardedConnection(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Reach reach)
{
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancel);
        // One private address among public ones is enough to refuse: honest names do not mix them.
        if (!addresses.All(reach.Address)) throw new PrivateAddressException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
