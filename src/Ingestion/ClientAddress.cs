using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// The visitor's address: the connection's, or behind a configured proxy the first public one of <c>X-Forwarded-For</c>.
/// It lives as long as the request and goes nowhere but into the geo look-up and the visitor hash.
/// </summary>
sealed class ClientAddress(IOptions<IngestionSettings> options)
{
    readonly IPNetwork[] proxies = TrustedNetworksAttribute.Parse(options.Value.TrustedProxies);

    public IPAddress? Of(HttpContext context)
    {
        var remote = Plain(context.Connection.RemoteIpAddress);
        if (remote is not null && !Trusted(remote)) return remote;
        foreach (var value in context.Request.Headers["X-Forwarded-For"])
            if (FirstPublic(value) is { } forwarded) return forwarded;
        return remote;
    }

    static IPAddress? FirstPublic(string? header)
    {
        foreach (var part in header.AsSpan().Split(','))
            if (TryParse(header.AsSpan()[part].Trim(), out var address) && IsPublic(address)) return address;
        return null;
    }

    static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        // Some proxies add the port.
        var plain = IPAddress.TryParse(text, out var ip) ? ip : IPEndPoint.TryParse(text, out var end) ? end.Address : null;
        address = Plain(plain) ?? IPAddress.None;
        return plain is not null;
    }

    static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    bool Trusted(IPAddress address) => Array.Exists(proxies, p => p.Contains(address));

    public static bool IsPublic(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return false;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6Multicast && !address.IsIPv6SiteLocal
                && !address.Equals(IPAddress.IPv6Any);
        var b = address.GetAddressBytes();
        return b[0] is not (0 or 10 or 127) && b[0] < 224 && (b[0], b[1]) is not ((192, 168) or (169, 254))
            && !(b[0] == 172 && b[1] is >= 16 and < 32) && !(b[0] == 100 && b[1] is >= 64 and < 128);
    }
}
