using System.Buffers;
using MemoryPack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Events;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

/// <summary>A spool without its host, on a folder that outlives it.</summary>
sealed class SpoolFixture : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Sealer sealer;
    Task sealing = Task.CompletedTask;

    public SpoolFixture(string folder, Action<IngestionSettings>? change = null)
    {
        var settings = new IngestionSettings { SpoolDirectory = folder, SpoolMinFreeBytes = 0 };
        change?.Invoke(settings);
        var options = Options.Create(settings);
        Chunks = new OpenChunks(options);
        sealer = new Sealer(Chunks, TimeProvider.System, NullLogger<Sealer>.Instance);
        Spool = new Spool(options, new SpoolSpace(options, TimeProvider.System), sealer, Chunks, NullLogger<Spool>.Instance);
        Spool.Open();
    }

    public Spool Spool { get; }
    public OpenChunks Chunks { get; }

    /// <summary>Without it events stay unsealed, as after a crash between accept and seal.</summary>
    public SpoolFixture StartSealing()
    {
        sealing = Task.Run(() => sealer.RunAsync(stop.Token));
        return this;
    }

    public Task AcceptAsync(string name, int siteId = 7, int partition = 0) => Spool.AcceptAsync(Record(name, siteId, partition));

    public static byte[] Record(string name, int siteId = 7, int partition = 0, Guid? id = null)
    {
        var now = EventTime.WholeMilliseconds(DateTime.UtcNow);
        var buffer = new ArrayBufferWriter<byte>();
        var start = SpoolRecord.Begin(buffer);
        MemoryPackSerializer.Serialize(buffer, new CollectedEvent { Id = id ?? Guid.NewGuid(), Name = name, Timestamp = now, ClientTimestamp = now });
        SpoolRecord.End(buffer, start, RecordKind.Event, siteId, partition, new DateTimeOffset(now).ToUnixTimeMilliseconds());
        return buffer.WrittenSpan.ToArray();
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(20, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sealing;
        Spool.Dispose();
        stop.Dispose();
    }
}
