using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net;
using System.Text;

namespace SaaS.Analytics.Ingestion;

/// <summary>Turns what identifies a visitor into the numbers that are stored. Never 0, which means "none".</summary>
static class VisitorHash
{
    const byte DeviceId = 1, UserId = 2;

    /// <summary>The first-party id of mode A.</summary>
    public static ulong OfDevice(int siteId, string visitorId) => Plain(DeviceId, siteId, visitorId);

    /// <summary>The tenant's own user id.</summary>
    public static ulong OfUser(int siteId, string userId) => Plain(UserId, siteId, userId);

    /// <summary>Mode B: <c>SipHash-2-4(salt, site ‖ ip ‖ user agent)</c>.</summary>
    public static ulong Cookieless(ReadOnlySpan<byte> salt, int siteId, IPAddress address, string userAgent)
    {
        Span<byte> data = stackalloc byte[4 + 16 + Encoding.UTF8.GetMaxByteCount(UserAgentLength)];
        BinaryPrimitives.WriteInt32LittleEndian(data, siteId);
        address.MapToIPv6().TryWriteBytes(data[4..], out var ip);
        var length = 4 + ip + Encoding.UTF8.GetBytes(userAgent.AsSpan(0, Math.Min(userAgent.Length, UserAgentLength)), data[(4 + ip)..]);
        return Math.Max(1, SipHash.Of(salt, data[..length]));
    }

    /// <summary>Characters of the user agent that are kept.</summary>
    public const int UserAgentLength = 512;

    static ulong Plain(byte kind, int siteId, string id)
    {
        var length = 5 + Encoding.UTF8.GetByteCount(id);
        Span<byte> data = length <= 1024 ? stackalloc byte[length] : new byte[length];
        data[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(data[1..], siteId);
        Encoding.UTF8.GetBytes(id, data[5..]);
        return Math.Max(1, XxHash3.HashToUInt64(data));
    }
}
