using System.Buffers;
using MemoryPack;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>The collector's durable memory: what <see cref="AcceptAsync"/> has completed for survives a crash.</summary>
sealed class Spool(IOptions<IngestionSettings> options, SpoolSpace space, Sealer sealer, OpenChunks chunks, ILogger<Spool> log)
    : IDisposable
{
    static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(30);
    SpoolFiles? files;
    SpoolWriter? writer;

    /// <summary>Reads back what an earlier process left, then takes records.</summary>
    public void Open()
    {
        files = new SpoolFiles(options.Value.SpoolDirectory);
        SpoolReplay.Run(files, sealer.Apply, log);
        writer = new SpoolWriter(files, options.Value.SegmentBytes, sealer.Committed, log);
        sealer.Attach(writer, files);
    }

    public bool Accepts => writer is not null && space.HasRoom(files!);

    /// <summary>Completes once the records of a request, all of one partition, are durable: here or, as set, at the broker too.</summary>
    /// <exception cref="SpoolUnavailableException">The spool is full, or cannot write, or the broker is away.</exception>
    public Task AcceptAsync(ReadOnlySpan<byte> records)
    {
        if (!Accepts) throw new SpoolUnavailableException("The spool is full.");
        var written = writer!.AppendAsync(records, out var offset);
        return options.Value.AckAfter == AckAfter.Spool ? written : SentAsync(written, offset + SpoolRecord.LastOf(records, out var partition), partition);
    }

    async Task SentAsync(Task<SpoolPosition> written, int offset, int partition)
    {
        var last = (await written).Plus(offset);
        try
        {
            await chunks.Lane(partition).ConfirmedAsync(last).WaitAsync(BrokerPatience);
        }
        catch (TimeoutException e)
        {
            throw new SpoolUnavailableException("The broker has not confirmed the events; they may arrive all the same.", e);
        }
    }

    /// <summary>Notes that a chunk is done, or is about to be handed over.</summary>
    public Task NoteAsync(RecordKind kind, OpenChunk chunk)
    {
        var buffer = new ArrayBufferWriter<byte>(SpoolRecord.HeaderBytes + 16);
        SpoolRecord.Write(buffer, new SpoolRecord(kind, 0, chunk.Partition, 0, chunk.Id.ToByteArray()));
        return (writer ?? throw new SpoolUnavailableException("The spool is not open.")).AppendAsync(buffer.WrittenSpan, out _);
    }

    /// <summary>From the seal record or, where that is damaged, made again of the chunk's events.</summary>
    /// <exception cref="DamagedChunkException">Of these some are damaged too.</exception>
    public byte[] PayloadOf(OpenChunk chunk)
    {
        try
        {
            return SealedChunk.Of(files!.Read(chunk.Position, chunk.RecordBytes)).Payload;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or MemoryPackSerializationException)
        {
            log.LogError(e, "The seal of chunk {Chunk} is damaged; making it again of its events.", chunk.Id);
            var events = files!.Events(chunk.Partition, chunk.From, chunk.To);
            var payload = ChunkPayload.Write([.. events.Select(r => (r.SiteId, DateTimeOffset.FromUnixTimeMilliseconds(r.ReceivedAt).UtcDateTime, r.Payload))]);
            return events.Count == chunk.Count ? payload : throw new DamagedChunkException(payload, events.Count, chunk.Count, e);
        }
    }

    /// <summary>Content of dropped events that the seal record of a chunk holds; none where it is damaged, as they are counted anyway.</summary>
    public IReadOnlyList<DroppedEvent> DroppedOf(OpenChunk chunk)
    {
        try
        {
            return DroppedContent.Read(SealedChunk.Of(files!.Read(chunk.Position, chunk.RecordBytes)).Dropped);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or MemoryPackSerializationException)
        {
            log.LogError(e, "The seal of chunk {Chunk} is damaged; what was dropped with it is only counted.", chunk.Id);
            return [];
        }
    }

    public void Dispose()
    {
        writer?.Dispose();
        files?.Dispose();
    }
}
