using System.Buffers.Binary;
using System.IO.Hashing;

namespace SaaS.Analytics.Pipeline;

/// <summary>A visit's id: hash of the site and the id of the first event that arrived. Never changes, never 0.</summary>
public static class VisitId
{
    public static ulong Of(int siteId, Guid firstEvent)
    {
        Span<byte> key = stackalloc byte[20];
        BinaryPrimitives.WriteInt32LittleEndian(key, siteId);
        firstEvent.TryWriteBytes(key[4..]);
        return Math.Max(1, XxHash3.HashToUInt64(key));
    }
}
