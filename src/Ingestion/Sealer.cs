using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// Follows the spool record by record, the same way live and in a replay: events gather per partition, a seal record
/// turns them into an open chunk, a finished record closes it; segments that nothing open is in are deleted.
/// </summary>
sealed class Sealer(OpenChunks chunks, TimeProvider time, ILogger<Sealer> log) 
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan TrimPause = TimeSpan.FromSeconds(1);
    readonly Channel<(SpoolPosition At, CommitBatch Batch)> commits = Channel.CreateUnbounded<(SpoolPosition, CommitBatch)>();
    readonly Dictionary<int, PendingPartition> partitions = [];
    SpoolWriter writer = null!;
    SpoolFiles files = null!;
    SpoolPosition applied;
    long trimmedAt;
    long sealedAt;
    bool replaying = true;

    /// <summary>Called by the writer with each durable batch, in order.</summary>
    public void Committed(SpoolPosition at, CommitBatch batch) => commits.Writer.TryWrite((at, batch));

    /// <summary>What the sealer writes to and trims, once the replay is through.</summary>
    public void Attach(SpoolWriter spoolWriter, SpoolFiles spoolFiles) => (writer, files, replaying) = (spoolWriter, spoolFiles, false);

    public void Apply(SpoolPosition at, SpoolRecord record)
    {
        applied = at;
        switch (record.Kind)
        {
            case RecordKind.Event or RecordKind.Drop: Pending(record.Partition).Add(at, record, time.GetTimestamp()); break;
            case RecordKind.Seal: Open(at, record); break;
            case RecordKind.Finished: chunks.Finish(new Guid(record.Payload.Span)); break;
            case RecordKind.Attempt: Deaths(record, +1); break;
            case RecordKind.Released: Deaths(record, -1); break;
            default: log.LogError("Spool record of unknown kind {Kind} left out.", record.Kind); break;
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(stop);
            while (commits.Reader.TryRead(out var commit))
            {
                SpoolReplay.Segment(commit.Batch.Records, (offset, record) => Apply(commit.At.Plus(offset), record));
                writer.Recycle(commit.Batch);
            }
            foreach (var pending in partitions.Values) SealIfDue(pending);
            TrimOnceASecond();
        }
    }

    /// <summary>Until the next commit, or until a partition may have become due.</summary>
    async Task WaitAsync(CancellationToken stop)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tick.CancelAfter(partitions.Values.All(p => p.IsEmpty) ? TrimPause : Tick);
        Task commit = commits.Reader.WaitToReadAsync(tick.Token).AsTask();
        await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    void SealIfDue(PendingPartition pending)
    {
        if (pending.Sealing is { IsCompleted: false }) return;
        if (pending.Sealing is { IsFaulted: true } failed)
        {
            log.LogWarning(failed.Exception, "Partition {Partition} could not be sealed; trying again.", pending.Number);
            pending.Sealing = null;
        }
        if (pending.Sealing is not null || !ChunkLimits.IsDue(pending, sealedAt, time)) return;
        sealedAt = time.GetTimestamp();
        var buffer = new ArrayBufferWriter<byte>();
        pending.Seal(time.GetUtcNow().UtcDateTime).WriteTo(buffer, pending.Number);
        pending.Sealing = AppendAsync(buffer);
    }

    // Asynchronous so that a refusal shows as a failed task.
    async Task AppendAsync(ArrayBufferWriter<byte> record) => await writer.AppendAsync(record.WrittenSpan, out _);

    void Open(SpoolPosition at, in SpoolRecord record)
    {
        var chunk = SealedChunk.Of(record);
        var pending = Pending(record.Partition);
        pending.Remove(new SpoolPosition(chunk.From), new SpoolPosition(chunk.To), time.GetTimestamp());
        pending.Sealing = null;
        chunks.Add(new OpenChunk(chunk, record.Partition, at, record.Bytes) { MayBeThere = replaying }, chunk.Payload);
    }

    PendingPartition Pending(int partition) =>
        partitions.TryGetValue(partition, out var pending) ? pending : partitions[partition] = new PendingPartition(partition);

    /// <summary>Counts only what a replay tells of earlier processes: the note of this one comes by here too.</summary>
    void Deaths(in SpoolRecord record, int by)
    {
        if (chunks.Find(new Guid(record.Payload.Span)) is { Attempted: false } chunk) chunk.Deaths += by;
    }

    void TrimOnceASecond()
    {
        if (trimmedAt != 0 && time.GetElapsedTime(trimmedAt) < TrimPause) return;
        trimmedAt = time.GetTimestamp();
        try
        {
            files.DeleteBefore(OldestNeeded());
        }
        catch (IOException e)
        {
            log.LogWarning(e, "A spool segment could not be deleted; trying again.");
        }
    }

    /// <summary>Everything before this segment is in no unsealed record and in no open chunk.</summary>
    int OldestNeeded()
    {
        var oldest = applied.Segment;
        foreach (var pending in partitions.Values)
            if (!pending.IsEmpty) oldest = Math.Min(oldest, pending.First.Segment);
        foreach (var chunk in chunks.All) oldest = Math.Min(oldest, chunk.From.Segment);
        return oldest;
    }
}
