using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SaaS.Analytics.Alerts;

/// <summary>Ids that follow from what they are of: made twice, they are the same.</summary>
public static class AlertIds
{
    /// <summary>Of a rule's alert about a visit.</summary>
    public static Guid Of(Guid ruleId, ulong visitId)
    {
        Span<byte> key = stackalloc byte[24];
        ruleId.TryWriteBytes(key);
        BinaryPrimitives.WriteUInt64LittleEndian(key[16..], visitId);
        return Hashed(key);
    }

    /// <summary>Of an alert's delivery to a receiver.</summary>
    public static Guid Of(Guid alertId, Guid targetId)
    {
        Span<byte> key = stackalloc byte[32];
        alertId.TryWriteBytes(key);
        targetId.TryWriteBytes(key[16..]);
        return Hashed(key);
    }

    static Guid Hashed(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(key, hash);
        return new Guid(hash[..16]);
    }
}
