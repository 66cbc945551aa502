using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>What one address and one site may send, so that a flood is refused before it takes the spool from the others.</summary>
sealed class RateLimits(IOptions<IngestionSettings> options, TimeProvider time)
{
    readonly RateCounter addresses = new(options.Value.AddressRequestsPerSecond, time);
    readonly RateCounter sites = new(options.Value.SiteEventsPerSecond, time);

    /// <param name="address">Of the visitor; one that is not public counts for nobody, as all of a site's visitors may be behind it.</param>
    /// <exception cref="RefusedRequestException">429.</exception>
    public void CheckAddress(IPAddress? address)
    {
        if (address is null || !ClientAddress.IsPublic(address) || addresses.Allows(Key(address), 1)) return;
        throw TooMany("Too many requests come from this address; send them again later.");
    }

    /// <exception cref="RefusedRequestException">429.</exception>
    public void CheckSite(SiteEntry site, int events)
    {
        if (!sites.Allows((uint)site.Id, events)) throw TooMany("Too many events come for this site; send them again later.");
    }

    /// <summary>An IPv4 address, or an IPv6 network of 64 bits, which one customer of a provider has for himself.</summary>
    static ulong Key(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    static RefusedRequestException TooMany(string detail) => new(StatusCodes.Status429TooManyRequests, "Too many requests", detail);
}
