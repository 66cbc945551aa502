using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>The visitor hashes that a collector would have put into an event.</summary>
static class VisitorHashes
{
    const byte DeviceId = 1;

    /// <summary>Mode A: the collector's own hash of the first-party id, so that live visits continue those of the history.</summary>
    public static ulong Consented(int siteId, string visitorId)
    {
        Span<byte> data = stackalloc byte[5 + Encoding.UTF8.GetByteCount(visitorId)];
        data[0] = DeviceId;
        BinaryPrimitives.WriteInt32LittleEndian(data[1..], siteId);
        Encoding.UTF8.GetBytes(visitorId, data[5..]);
        return Math.Max(1, XxHash3.HashToUInt64(data));
    }

    /// <summary>Mode B: another number each UTC day.</summary>
    public static ulong Cookieless(Person person, DateTime day) =>
        Math.Max(1, Dice.Mix(person.Key, (ulong)DateOnly.FromDateTime(day).DayNumber));
}
