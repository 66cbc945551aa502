using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Tags;

/// <summary>
/// Lets a browser see a site's draft, or one of its versions, until a moment: <c>version.expiry.session.signature</c>, signed with
/// the container's key. The session names the portal page that watches.
/// </summary>
public sealed record PreviewToken(int Version, DateTimeOffset Until, string Session)
{
    const int SignatureLength = 16;

    public string Sign(byte[] key, string trackingId)
    {
        var text = $"{Version}.{Until.ToUnixTimeSeconds()}.{Session}";
        return $"{text}.{Signature(key, trackingId, text)}";
    }

    /// <returns>Null where the token is not the key's, is another site's, or has expired.</returns>
    public static PreviewToken? Read(string? token, byte[] key, string trackingId, DateTimeOffset now)
    {
        if (token is null || token.Length > 200 || token.Split('.') is not [var version, var until, var session, var signature]) return null;
        var expected = Signature(key, trackingId, $"{version}.{until}.{session}");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature))) return null;
        var read = new PreviewToken(int.Parse(version, System.Globalization.CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, System.Globalization.CultureInfo.InvariantCulture)), session);
        return read.Until > now ? read : null;
    }

    static string Signature(byte[] key, string trackingId, string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{trackingId} {text}")).AsSpan(0, SignatureLength));
}
