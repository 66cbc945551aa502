using System.Collections.Concurrent;
using MassTransit;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// The partitions' queues where the broker is this process's memory: they must be bound before the collector sends, or a
/// chunk is lost until the next start. So they are there from the beginning and wait for their owner.
/// </summary>
public sealed class MemoryPartitions
{
    readonly ConcurrentDictionary<int, TaskCompletionSource<OwnedPartition>> owners = [];

    public void AddQueues(IBusFactoryConfigurator bus, int partitions, GuardedIntake intake)
    {
        for (var p = 0; p < partitions; p++)
        {
            var number = p;
            bus.ReceiveEndpoint(ChunkQueues.StoreChunk(p), endpoint => PartitionEndpoints.Configure(endpoint,
                async context => await intake.TakeAsync(await Owner(number).Task.WaitAsync(context.CancellationToken), context)));
        }
    }

    public IAsyncDisposable Connect(OwnedPartition partition)
    {
        Owner(partition.Lease.Partition).TrySetResult(partition);
        return new Connection(this, partition.Lease.Partition);
    }

    TaskCompletionSource<OwnedPartition> Owner(int partition) =>
        owners.GetOrAdd(partition, _ => new TaskCompletionSource<OwnedPartition>(TaskCreationOptions.RunContinuationsAsynchronously));

    sealed class Connection(MemoryPartitions partitions, int number) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            partitions.owners.TryRemove(number, out _);
            return ValueTask.CompletedTask;
        }
    }
}
