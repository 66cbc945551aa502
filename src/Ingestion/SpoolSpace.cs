using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>Whether the spool has room for events. Its own records (seals, finished chunks) pass regardless: they make room.</summary>
sealed class SpoolSpace(IOptions<IngestionSettings> options, TimeProvider time)
{
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    readonly IngestionSettings settings = options.Value;
    long checkedAt;
    volatile bool room = true;

    /// <summary>Measured at most once a second.</summary>
    public bool HasRoom(SpoolFiles files)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref checkedAt);
        if (last != 0 && time.GetElapsedTime(last, now) < Freshness) return room;
        if (Interlocked.CompareExchange(ref checkedAt, now, last) == last) room = Measure(files);
        return room;
    }

    bool Measure(SpoolFiles files) =>
        files.TotalBytes < settings.SpoolMaxBytes
        && new DriveInfo(files.Folder).AvailableFreeSpace >= settings.SpoolMinFreeBytes;
}
