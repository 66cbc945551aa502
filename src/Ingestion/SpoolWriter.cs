using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// Group commit: appends gather in a batch while the one writer thread writes and fsyncs the batch before; the next
/// fsync starts as soon as the last one ends.
/// </summary>
sealed class SpoolWriter : IDisposable
{
    const int MaxWaitingBytes = 64 * 1024 * 1024;
    readonly Lock gate = new();
    readonly AutoResetEvent wake = new(false);
    readonly Thread thread;
    readonly SpoolFiles files;
    readonly long segmentBytes;
    readonly Action<SpoolPosition, CommitBatch> committed;
    readonly ILogger log;
    readonly Stack<CommitBatch> spare = new();
    CommitBatch open = new();
    SafeFileHandle? file;
    int segment;
    int length;
    bool closed;

    /// <param name="files">The spool's files; writing always starts with a new segment.</param>
    /// <param name="segmentBytes">A segment is closed once it is this long.</param>
    /// <param name="committed">Told of each durable batch, in order, before those who wait for it; gives it back by <see cref="Recycle"/>.</param>
    /// <param name="log">Where failed commits are told.</param>
    public SpoolWriter(SpoolFiles files, long segmentBytes, Action<SpoolPosition, CommitBatch> committed, ILogger log)
    {
        (this.files, this.segmentBytes, this.committed, this.log) = (files, segmentBytes, committed, log);
        segment = files.Newest;
        thread = new Thread(Run) { IsBackground = true, Name = "spool" };
        thread.Start();
    }

    /// <summary>Completes once the records are durable, with the place of the batch they are in.</summary>
    /// <param name="records">Whole records.</param>
    /// <param name="offset">Where they begin in the batch.</param>
    /// <exception cref="SpoolUnavailableException">They may be or not be; the spool takes no more for now.</exception>
    public Task<SpoolPosition> AppendAsync(ReadOnlySpan<byte> records, out int offset)
    {
        Task<SpoolPosition> done;
        bool first;
        lock (gate)
        {
            if (closed) throw new SpoolUnavailableException("The collector is stopping.");
            if (open.Length + records.Length > MaxWaitingBytes) throw new SpoolUnavailableException("The disk is too slow.");
            offset = open.Length;
            first = offset == 0;
            open.Add(records);
            done = open.Done.Task;
        }
        if (first) wake.Set();
        return done;
    }

    public void Recycle(CommitBatch batch)
    {
        batch.Reset();
        lock (gate) spare.Push(batch);
    }

    /// <summary>Commits what waits, then stops.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closed) return;
            closed = true;
        }
        wake.Set();
        thread.Join();
        file?.Dispose();
        wake.Dispose();
    }

    void Run()
    {
        while (true)
        {
            wake.WaitOne();
            while (Take() is { } batch) Commit(batch);
            lock (gate)
                if (closed && open.Length == 0) return;
        }
    }

    CommitBatch? Take()
    {
        lock (gate)
        {
            if (open.Length == 0) return null;
            var batch = open;
            open = spare.TryPop(out var next) ? next : new CommitBatch();
            return batch;
        }
    }

    void Commit(CommitBatch batch)
    {
        var done = batch.Done;
        try
        {
            var at = WriteDurably(batch.Records);
            committed(at, batch);
            done.SetResult(at);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError(e, "The spool could not commit {Bytes} bytes.", batch.Length);
            AbandonSegment();
            done.SetException(new SpoolUnavailableException("The spool could not write.", e));
        }
    }

    SpoolPosition WriteDurably(ReadOnlyMemory<byte> records)
    {
        if (file is null || length >= segmentBytes) NextSegment();
        RandomAccess.Write(file!, records.Span, length);
        DiskSync.Data(file!);
        var at = new SpoolPosition(segment, length);
        length += records.Length;
        files.Grown(segment, length);
        return at;
    }

    void NextSegment()
    {
        file?.Dispose();
        file = null;
        file = files.Create(++segment);
        length = 0;
    }

    /// <summary>After a failed fsync nothing is known of the file's pages: what comes next goes to a new one.</summary>
    void AbandonSegment()
    {
        CutOff();
        file?.Dispose();
        file = null;
    }

    /// <summary>Those who sent the failed records were told so and send them again: a restart must not find them.</summary>
    void CutOff()
    {
        try
        {
            if (file is not null) RandomAccess.SetLength(file, length);
        }
        catch (IOException e)
        {
            log.LogError(e, "Records that were not acknowledged stay in segment {Segment}; a restart may count them.", segment);
        }
    }
}
