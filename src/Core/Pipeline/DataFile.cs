using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Pipeline;

/// <summary>
/// What was read from a data file, and is read again in the background once another file is there. What cannot be read
/// changes nothing: the last good content stays.
/// </summary>
/// <param name="find">Path of the file; null while there is none.</param>
/// <param name="read">Makes the content of it.</param>
/// <param name="log">Told of new content and of failures.</param>
public sealed class DataFile<T>(Func<string?> find, Func<string, T> read, ILogger log) where T : class
{
    static readonly long Pause = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    readonly Lock reading = new();
    volatile Content? content;
    long lookedAt;

    /// <summary>Null while there is no file.</summary>
    public T? Value
    {
        get
        {
            if (content is null)
                Refresh();
            else if (Environment.TickCount64 - Volatile.Read(ref lookedAt) > Pause)
                RefreshLater();
            return content?.Value;
        }
    }

    /// <summary>Looks for another file and reads it; at first use and every minute this happens by itself.</summary>
    public void Refresh()
    {
        lock (reading)
        {
            Volatile.Write(ref lookedAt, Environment.TickCount64);
            var stamp = Stamp.Of(find());
            if (content is null || content.Stamp != stamp)
                content = Read(stamp);
        }
    }

    void RefreshLater()
    {
        var last = Volatile.Read(ref lookedAt);
        var now = Environment.TickCount64;
        if (Interlocked.CompareExchange(ref lookedAt, now, last) == last)
            ThreadPool.QueueUserWorkItem(_ => Refresh());
    }

    Content Read(Stamp? stamp)
    {
        try
        {
            var value = stamp is null ? null : read(stamp.Path);
            if (content is not null)
                log.LogInformation("The data file {Path} is in use from now on.", stamp?.Path);
            return new Content(stamp, value);
        }
        catch (Exception e) when (content is not null)
        {
            log.LogError(e, "The data file {Path} cannot be read; the one before stays in use.", stamp?.Path);
            return new Content(stamp, content.Value);
        }
    }

    sealed record Content(Stamp? Stamp, T? Value);

    /// <summary>Which file it is, without reading it.</summary>
    sealed record Stamp(string Path, long Length, DateTime Written)
    {
        public static Stamp? Of(string? path) =>
            path is not null && new FileInfo(path) is { Exists: true } file ? new Stamp(path, file.Length, file.LastWriteTimeUtc) : null;
    }
}
