using System.Buffers.Binary;
using System.IO.Hashing;

namespace SaaS.Analytics.Pipeline;

/// <summary>Which partition a site's events take: all of a site's events meet one worker.</summary>
public static class Partitions
{
    /// <param name="siteId">The site.</param>
    /// <param name="count">Number of partitions, 2 embedded and 16 by default.</param>
    /// <returns>0 … <paramref name="count"/> − 1; never changes for the same arguments.</returns>
    public static int Of(int siteId, int count)
    {
        Span<byte> key = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(key, siteId);
        return (int)(XxHash3.HashToUInt64(key) % (uint)count);
    }
}
