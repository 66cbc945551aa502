using System.Net.Sockets;
using System.Security.Authentication;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Portal.Sites.Verification;

/// <summary>Why a page could not be loaded, in words.</summary>
static class Unreachable
{
    /// <returns>Null for an exception that is no fault of the page.</returns>
    public static Verdict? Explain(Exception e, Uri address, CancellationToken cancel) => e switch
    {
        OperationCanceledException when cancel.IsCancellationRequested => null,
        OperationCanceledException => new("timeout", "The site does not answer", $"{address.Host} sent no complete page within 10 seconds."),
        _ when Inner<PrivateAddressException>(e) is not null => new(
            "private", "This address is not on the public internet", $"{address.Authority} leads into a private network or to an unusual port, which is never loaded from here."),
        RedirectException redirect => new("redirects", "The site redirects in circles", redirect.Message),
        _ when Inner<AuthenticationException>(e) is not null => new(
            "tls", "No secure connection", $"The certificate of {address.Host} is not valid, or its server speaks no TLS that is safe. Browsers warn their visitors too."),
        _ when Inner<SocketException>(e) is { } socket => Socket(socket, address),
        HttpRequestException or IOException => new("broken", "The answer cannot be read", $"{address.Host} closed the connection or sent something that is no HTTP."),
        _ => null,
    };

    static Verdict Socket(SocketException e, Uri address) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new(
            "dns", "The domain does not exist", $"DNS knows no address for {address.Host}. Check the spelling, or wait until a new record has spread."),
        SocketError.ConnectionRefused => new("refused", "The server refuses the connection", $"Nothing listens on port {address.Port} of {address.Host}."),
        SocketError.TimedOut => new("timeout", "The site does not answer", $"{address.Host} did not take the connection in time."),
        _ => new("network", "The server cannot be reached", $"There is no way to {address.Host} from here ({e.SocketErrorCode})."),
    };

    static T? Inner<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
            if (e is T found) return found;
        return null;
    }
}
