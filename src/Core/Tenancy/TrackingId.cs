using System.Buffers;
using System.Security.Cryptography;

namespace SaaS.Analytics.Tenancy;

/// <summary>The public id of a site: <c>st_</c> and 16 base62 characters (95 bits).</summary>
public static class TrackingId
{
    public const string Prefix = "st_";
    const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const int RandomLength = 16;
    static readonly SearchValues<char> Allowed = SearchValues.Create(Base62);

    public static string New() => Prefix + RandomNumberGenerator.GetString(Base62, RandomLength);

    public static bool IsValid(string? id) =>
        id is not null && id.Length == Prefix.Length + RandomLength && id.StartsWith(Prefix, StringComparison.Ordinal)
        && id.AsSpan(Prefix.Length).IndexOfAnyExcept(Allowed) < 0;
}
