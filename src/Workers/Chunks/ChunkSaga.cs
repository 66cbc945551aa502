using System.Text.Json;
using MassTransit;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// A chunk's life: sealed and stored (or failed), in whichever order the two are heard of, then finished, which its
/// collector is told. Where effects of a chunk (alerts, webhooks) come in, they stand between Stored and Done.
/// </summary>
public sealed class ChunkSaga : MassTransitStateMachine<ChunkState>
{
    public State Sealed { get; private set; } = null!;

    /// <summary>Stored before the seal was heard of.</summary>
    public State StoredFirst { get; private set; } = null!;

    /// <summary>Failed before the seal was heard of.</summary>
    public State FailedFirst { get; private set; } = null!;
    public State Done { get; private set; } = null!;

    /// <summary>Not stored; the payload is kept as a failed chunk.</summary>
    public State Quarantined { get; private set; } = null!;

    public Event<ChunkSealed> OnSealed { get; private set; } = null!;
    public Event<ChunkStored> OnStored { get; private set; } = null!;
    public Event<ChunkFailed> OnFailed { get; private set; } = null!;

    readonly TimeProvider clock;

    public ChunkSaga(TimeProvider clock)
    {
        this.clock = clock;
        InstanceState(x => x.CurrentState);
        Event(() => OnSealed, e => e.CorrelateById(m => m.Message.ChunkId));
        Event(() => OnStored, e => e.CorrelateById(m => m.Message.ChunkId));
        Event(() => OnFailed, e => e.CorrelateById(m => m.Message.ChunkId));
        Begin();
        End();
    }

    void Begin()
    {
        Initially(
            When(OnSealed).Then(Seal).TransitionTo(Sealed),
            When(OnStored).Then(Store).TransitionTo(StoredFirst),
            When(OnFailed).Then(Fail).TransitionTo(FailedFirst));
        During(Sealed,
            When(OnStored).Then(Store).ThenAsync(FinishAsync).TransitionTo(Done),
            When(OnFailed).Then(Fail).Then(Bury).ThenAsync(FinishAsync).TransitionTo(Quarantined),
            Ignore(OnSealed));
        During(StoredFirst,
            When(OnSealed).Then(Seal).ThenAsync(FinishAsync).TransitionTo(Done),
            Ignore(OnStored), Ignore(OnFailed));
        During(FailedFirst,
            When(OnSealed).Then(Seal).Then(Bury).ThenAsync(FinishAsync).TransitionTo(Quarantined),
            When(OnStored).Then(Store).TransitionTo(StoredFirst),
            Ignore(OnFailed));
    }

    void End()
    {
        During(Done,
            When(OnSealed).ThenAsync(AnswerAsync),
            Ignore(OnStored), Ignore(OnFailed));
        During(Quarantined,
            When(OnSealed).ThenAsync(AnswerAsync),
            When(OnStored).Then(Store).Then(Revive).TransitionTo(Done),
            When(OnFailed).Then(Fail));
    }

    static void Seal(BehaviorContext<ChunkState, ChunkSealed> chunk)
    {
        var (saga, message) = (chunk.Saga, chunk.Message);
        (saga.CollectorId, saga.Partition, saga.Events) = (message.CollectorId, message.Partition, message.Count);
        (saga.SealedAt, saga.Counts, saga.Uncounted) = (message.SealedAt, JsonSerializer.Serialize(message.Counts), true);
    }

    static void Bury<T>(BehaviorContext<ChunkState, T> chunk) where T : class => chunk.Saga.WasDead = chunk.Saga.Uncounted = true;

    /// <summary>Its events are not dead any more.</summary>
    void Revive(BehaviorContext<ChunkState, ChunkStored> chunk) =>
        (chunk.Saga.Uncounted, chunk.Saga.FinishedAt) = (true, clock.GetUtcNow().UtcDateTime);

    static void Store(BehaviorContext<ChunkState, ChunkStored> chunk) =>
        (chunk.Saga.Partition, chunk.Saga.StoredAt, chunk.Saga.Error) = (chunk.Message.Partition, chunk.Message.StoredAt, null);

    static void Fail(BehaviorContext<ChunkState, ChunkFailed> chunk) =>
        (chunk.Saga.Partition, chunk.Saga.Error) = (chunk.Message.Partition, chunk.Message.Error);

    Task FinishAsync<T>(BehaviorContext<ChunkState, T> chunk) where T : class
    {
        chunk.Saga.FinishedAt = clock.GetUtcNow().UtcDateTime;
        return AnswerAsync(chunk);
    }

    static async Task AnswerAsync<T>(BehaviorContext<ChunkState, T> chunk) where T : class
    {
        var collector = await chunk.GetSendEndpoint(CollectorAddress.Of(chunk.Saga.CollectorId));
        await collector.Send(new ChunkFinished(chunk.Saga.CorrelationId, chunk.Saga.CollectorId), chunk.CancellationToken);
    }
}
