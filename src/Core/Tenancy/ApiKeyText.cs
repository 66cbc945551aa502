using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Tenancy;

/// <summary>The text of an API key: <c>sk_</c> and 40 base62 characters (238 bits). Only its hash is kept.</summary>
public static class ApiKeyText
{
    public const string Prefix = "sk_";
    const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const int RandomLength = 40;
    const int ShownLength = 10;
    static readonly SearchValues<char> Allowed = SearchValues.Create(Base62);

    public static string New() => Prefix + RandomNumberGenerator.GetString(Base62, RandomLength);

    public static bool IsValid(string? key) =>
        key is not null && key.Length == Prefix.Length + RandomLength && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.AsSpan(Prefix.Length).IndexOfAnyExcept(Allowed) < 0;

    /// <summary>SHA-256; the key is random enough to need no salt.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));

    /// <summary>What of the key stays readable, so that a person can tell keys apart.</summary>
    public static string Shown(string key) => key[..ShownLength];
}
