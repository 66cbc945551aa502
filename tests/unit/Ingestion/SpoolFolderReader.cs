using MemoryPack;
using SaaS.Analytics.Events;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

static class SpoolFolderReader
{
    public static List<SpoolRecord> Read(string folder)
    {
        var records = new List<SpoolRecord>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal))
            SpoolReplay.Segment(Bytes(file), (_, record) => records.Add(record));
        return records;
    }

    public static IEnumerable<CollectedEvent> Events(this IEnumerable<SpoolRecord> records) => records
        .Where(r => r.Kind == RecordKind.Event).Select(r => MemoryPackSerializer.Deserialize<CollectedEvent>(r.Payload.Span)!);

    public static IEnumerable<DropRecord> Drops(this IEnumerable<SpoolRecord> records) => records
        .Where(r => r.Kind == RecordKind.Drop).Select(r => MemoryPackSerializer.Deserialize<DropRecord>(r.Payload.Span)!);

    public static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
