using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Tenancy;

/// <summary>
/// HMAC-SHA256 of a user id (UTF-8) under the site's identity secret (its 64 characters as they are), in hexadecimal: the site's server
/// makes it, the browser hands it to <c>identify</c>, and the collector knows that the browser did not make up the user.
/// </summary>
public static class IdentitySignature
{
    const int SecretBytes = 32;

    public static string NewSecret() => RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);

    public static string Of(string secret, string userId) => Convert.ToHexStringLower(Sum(secret, userId));

    /// <summary>False without a secret, and for a signature that is no hexadecimal of 32 bytes.</summary>
    public static bool Holds(string secret, string userId, string signature)
    {
        if (secret.Length == 0 || signature.Length != HMACSHA256.HashSizeInBytes * 2) return false;
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(signature, claimed, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(claimed, Sum(secret, userId));
    }

    static byte[] Sum(string secret, string userId) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(userId));
}
