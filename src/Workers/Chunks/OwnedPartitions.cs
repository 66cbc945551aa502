using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Live;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>The partitions this worker owns now.</summary>
public sealed partial class OwnedPartitions(
    PartitionEndpoints endpoints, PartitionParts parts, LiveBoard live, IOptions<BrokerSettings> broker, ILogger<OwnedPartitions> log)
{
    readonly ConcurrentDictionary<int, Entry> entries = [];

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<Lease> Leases => [.. entries.Values.Select(e => e.Partition.Lease).OrderBy(l => l.Partition)];

    public IEnumerable<OwnedPartition> All => entries.Values.Select(e => e.Partition);

    public bool Owns(int partition) => entries.ContainsKey(partition);

    /// <summary>Begins to take chunks; the state is restored before the first of them is stored.</summary>
    public void Start(Lease lease)
    {
        var partition = new OwnedPartition(lease, parts);
        entries[lease.Partition] = new Entry(partition, endpoints.Connect(partition));
        Taken(log, lease.Partition, lease.Epoch);
    }

    /// <summary>Takes no more chunks and returns when the one at hand is finished or given back.</summary>
    public async Task StopAsync(Lease lease)
    {
        if (!entries.TryGetValue(lease.Partition, out var entry) || entry.Partition.Lease != lease) return;
        entry.Partition.Leave();
        await entry.Connection.DisposeAsync();
        entries.TryRemove(lease.Partition, out _);
        entry.Partition.Dispose();
        live.Forget(site => Partitions.Of(site, broker.Value.Partitions) == lease.Partition);
        Left(log, lease.Partition, lease.Epoch);
    }

    sealed record Entry(OwnedPartition Partition, IAsyncDisposable Connection);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} taken, epoch {Epoch}")]
    static partial void Taken(ILogger log, int partition, long epoch);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} left, epoch {Epoch}")]
    static partial void Left(ILogger log, int partition, long epoch);
}
