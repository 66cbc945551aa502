using MassTransit;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Counts messages that the saga's queue has finished with.</summary>
sealed class SagaWatch : IReceiveObserver
{
    int handled;

    public int Handled => Volatile.Read(ref handled);

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        if (context.InputAddress.AbsolutePath.EndsWith(ChunkQueues.Saga, StringComparison.Ordinal)) Interlocked.Increment(ref handled);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class =>
        Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
