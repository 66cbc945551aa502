using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SaaS.Analytics.Ingestion;

/// <summary>The segment files of one spool, <c>000000000001.log</c> …; oldest first. One process at a time owns the directory.</summary>
sealed class SpoolFiles : IDisposable
{
    readonly FileStream ownership;
    readonly ConcurrentDictionary<int, long> lengths = new();

    /// <exception cref="IOException">Another process uses this directory, or it cannot be written.</exception>
    public SpoolFiles(string directory)
    {
        Folder = Directory.CreateDirectory(directory).FullName;
        ownership = new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.log"))
            if (int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var segment))
                lengths[segment] = new FileInfo(file).Length;
    }

    public string Folder { get; }
    public int[] Segments => [.. lengths.Keys.Order()];
    public int Newest => lengths.IsEmpty ? 0 : lengths.Keys.Max();
    public long TotalBytes => lengths.Values.Sum();

    public string PathOf(int segment) => Path.Combine(Folder, segment.ToString("D12", CultureInfo.InvariantCulture) + ".log");

    public SafeFileHandle Create(int segment)
    {
        var handle = File.OpenHandle(PathOf(segment), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        lengths[segment] = 0;
        DiskSync.Directory(Folder);
        return handle;
    }

    public void Grown(int segment, long length) => lengths[segment] = length;

    /// <summary>Deletes whole segments before <paramref name="segment"/>; only ever the oldest, so that a seal outlives its events.</summary>
    public void DeleteBefore(int segment)
    {
        foreach (var old in Segments.TakeWhile(s => s < segment))
        {
            File.Delete(PathOf(old));
            lengths.TryRemove(old, out _);
        }
    }

    /// <exception cref="InvalidDataException">There is no whole record at that place.</exception>
    public SpoolRecord Read(SpoolPosition at, int bytes)
    {
        var buffer = new byte[bytes];
        using var file = File.OpenHandle(PathOf(at.Segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = RandomAccess.Read(file, buffer, at.Offset);
        return SpoolRecord.TryRead(buffer.AsMemory(0, read), out var record)
            ? record
            : throw new InvalidDataException($"No whole record at {at.Offset} of {PathOf(at.Segment)}.");
    }

    /// <summary>A partition's events from one place to another, both included; what is damaged is left out.</summary>
    public List<SpoolRecord> Events(int partition, SpoolPosition from, SpoolPosition to)
    {
        var events = new List<SpoolRecord>();
        foreach (var segment in Segments.Where(s => s >= from.Segment && s <= to.Segment))
            SpoolReplay.Segment(Readable(segment), (offset, record) =>
            {
                var at = new SpoolPosition(segment, offset);
                if (record.Kind == RecordKind.Event && record.Partition == partition && at >= from && at <= to) events.Add(record);
            });
        return events;
    }

    byte[] Readable(int segment)
    {
        try
        {
            return File.ReadAllBytes(PathOf(segment));
        }
        catch (IOException)
        {
            // A file that is gone or cannot be read holds nothing any more; the caller counts what is missing.
            return [];
        }
    }

    public void Dispose() => ownership.Dispose();
}
