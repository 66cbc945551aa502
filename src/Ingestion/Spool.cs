using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>The collector's durable memory: what <see cref="AcceptAsync"/> has completed for survives a crash.</summary>
sealed class Spool(IOptions<IngestionSettings> options, SpoolSpace space, Sealer sealer, ILogger<Spool> log) : IDisposable
{
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

    /// <summary>Completes once the records of a request are durable.</summary>
    /// <exception cref="SpoolUnavailableException">The spool is full, or cannot write.</exception>
    public Task AcceptAsync(ReadOnlySpan<byte> records) => Accepts
        ? writer!.AppendAsync(records)
        : throw new SpoolUnavailableException("The spool is full.");

    /// <summary>Notes that a chunk is done, or is about to be handed over.</summary>
    public Task NoteAsync(RecordKind kind, OpenChunk chunk)
    {
        var buffer = new ArrayBufferWriter<byte>(SpoolRecord.HeaderBytes + 16);
        SpoolRecord.Write(buffer, new SpoolRecord(kind, 0, chunk.Partition, 0, chunk.Id.ToByteArray()));
        return (writer ?? throw new SpoolUnavailableException("The spool is not open.")).AppendAsync(buffer.WrittenSpan);
    }

    /// <exception cref="InvalidDataException">The spool's file is damaged there.</exception>
    public byte[] PayloadOf(OpenChunk chunk) =>
        SealedChunk.Of(files!.Read(chunk.Position, chunk.RecordBytes)).Payload;

    public void Dispose()
    {
        writer?.Dispose();
        files?.Dispose();
    }
}
