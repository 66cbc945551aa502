using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SaaS.Analytics.Events;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Ingestion.Geo;

namespace SaaS.Analytics.Ingestion;

/// <summary>Who sent a request, as far as events may know: geo and hashes are in it, the address is not.</summary>
sealed record Sender(string UserAgent, string ClientHints, string Language, Place Place, SenderSigns Signs, ulong Today, ulong Yesterday)
{
    /// <summary>Why the site counts nothing of this sender; null where it does.</summary>
    public string? Shielded { get; init; }

    /// <summary>A program with a key of the account, not a browser.</summary>
    public bool IsServer { get; init; }
}

/// <summary>Looks at a request once, for all of its events.</summary>
sealed class SenderLookup(ClientAddress addresses, GeoLookup geo, Salts salts, RateLimits limits)
{
    const int HintLength = 256;
    const int LanguageLength = 35;
    static readonly string[] HintHeaders =
    [
        "Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform", "Sec-CH-UA-Platform-Version", "Sec-CH-UA-Model",
        "Sec-CH-UA-Full-Version-List", "Sec-CH-UA-Arch",
    ];

    /// <param name="context">The request.</param>
    /// <param name="site">The site.</param>
    /// <param name="receivedAt">Decides the salts.</param>
    /// <param name="isServer">A server speaks for its visitors: neither its address nor its user agent is theirs.</param>
    /// <param name="events">How many events the request carries.</param>
    /// <exception cref="RefusedRequestException">429: too many of the address or for the site.</exception>
    public Sender Of(HttpContext context, SiteEntry site, DateTime receivedAt, bool isServer, int events)
    {
        limits.CheckSite(site, events);
        var headers = context.Request.Headers;
        var userAgent = JsonText.Cut(headers.UserAgent.ToString(), VisitorHash.UserAgentLength);
        if (isServer) return new Sender(userAgent, "", "", Place.Unknown, SenderSigns.None, 0, 0) { IsServer = true };
        var address = addresses.Of(context);
        limits.CheckAddress(address);
        var today = DateOnly.FromDateTime(receivedAt);
        var place = geo.Of(address);
        var language = Language(headers.AcceptLanguage);
        return new Sender(
            userAgent, Hints(headers), language, place, place.Signs | (language.Length == 0 ? SenderSigns.NoLanguage : SenderSigns.None),
            Hash(today, site, address, userAgent), Hash(today.AddDays(-1), site, address, userAgent))
        {
            Shielded = Shielded(site.Guard, address, place),
        };
    }

    ulong Hash(DateOnly day, SiteEntry site, IPAddress? address, string userAgent) =>
        address is not null && salts.Of(day) is { } salt ? VisitorHash.Cookieless(salt, site.Id, address, userAgent) : 0;

    static string? Shielded(Shields guard, IPAddress? address, Place place) =>
        (address is not null && guard.LookAt(ShieldFacts.Address) ? guard.Reason(ShieldFacts.Address, address.ToString()) : null)
        ?? guard.Reason(ShieldFacts.Country, place.Country);

    static string Hints(IHeaderDictionary headers)
    {
        if (!headers.ContainsKey(HintHeaders[0])) return "";
        var hints = new StringBuilder();
        foreach (var name in HintHeaders)
            if (headers.TryGetValue(name, out var value)) hints.Append(name).Append(": ").Append(JsonText.Cut(value.ToString(), HintLength)).Append('\n');
        return hints.ToString();
    }

    /// <summary>The first language the client would accept.</summary>
    static string Language(StringValues header)
    {
        var first = header.ToString().AsSpan();
        var end = first.IndexOfAny(",;");
        return JsonText.Cut((end >= 0 ? first[..end] : first).Trim().ToString(), LanguageLength);
    }
}
