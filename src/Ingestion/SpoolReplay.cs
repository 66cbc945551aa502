using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads a spool back. A torn tail is dropped: nothing in it was ever answered.</summary>
static class SpoolReplay
{
    public static void Run(SpoolFiles files, Action<SpoolPosition, SpoolRecord> apply, ILogger log)
    {
        foreach (var segment in files.Segments)
        {
            var bytes = File.ReadAllBytes(files.PathOf(segment));
            var skipped = Segment(bytes, (offset, record) => apply(new SpoolPosition(segment, offset), record));
            if (skipped > 0)
                log.LogWarning("Spool segment {Segment}: {Bytes} bytes are no whole record and were left out.", files.PathOf(segment), skipped);
        }
    }

    /// <returns>Bytes that belong to no whole record: a torn tail, or damage, behind which reading goes on.</returns>
    public static int Segment(ReadOnlyMemory<byte> bytes, Action<int, SpoolRecord> apply)
    {
        var skipped = 0;
        for (var offset = 0; offset < bytes.Length;)
        {
            if (SpoolRecord.TryRead(bytes[offset..], out var record))
            {
                apply(offset, record);
                offset += record.Bytes;
            }
            else
            {
                offset++;
                skipped++;
            }
        }
        return skipped;
    }
}
