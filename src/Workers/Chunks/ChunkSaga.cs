using System.Text.Json;
using MassTransit;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// A chunk's life: sealed and stored (or failed), in whichever order the two are heard of; then the channels that have
/// something to do about it are told until they have kept it; then finished, which its collector is told.
/// </summary>
public sealed class ChunkSaga : MassTransitStateMachine<ChunkState>
{
    public State Sealed { get; private set; } = null!;

    /// <summary>Stored before the seal was heard of.</summary>
    public State StoredFirst { get; private set; } = null!;

    /// <summary>Failed before the seal was heard of.</summary>
    public State FailedFirst { get; private set; } = null!;

    /// <summary>Sealed and stored; channels have not kept their part yet.</summary>
    public State Telling { get; private set; } = null!;
    public State Done { get; private set; } = null!;

    /// <summary>Not stored; the payload is kept as a failed chunk.</summary>
    public State Quarantined { get; private set; } = null!;

    public Event<ChunkSealed> OnSealed { get; private set; } = null!;
    public Event<ChunkStored> OnStored { get; private set; } = null!;
    public Event<ChunkFailed> OnFailed { get; private set; } = null!;
    public Event<EffectsKept> OnKept { get; private set; } = null!;

    readonly TimeProvider clock;

    public ChunkSaga(TimeProvider clock)
    {
        this.clock = clock;
        InstanceState(x => x.CurrentState);
        Event(() => OnSealed, e => e.CorrelateById(m => m.Message.ChunkId));
        Event(() => OnStored, e => e.CorrelateById(m => m.Message.ChunkId));
        Event(() => OnFailed, e => e.CorrelateById(m => m.Message.ChunkId));
        Event(() => OnKept, e => e.CorrelateById(m => m.Message.ChunkId));
        Begin();
        Tell();
        End();
    }

    void Begin()
    {
        Initially(
            When(OnSealed).Then(Seal).TransitionTo(Sealed),
            When(OnStored).Then(Store).ThenAsync(TellAsync).TransitionTo(StoredFirst),
            When(OnFailed).Then(Fail).TransitionTo(FailedFirst),
            Ignore(OnKept));
        During(Sealed,
            When(OnStored).Then(Store).ThenAsync(TellAsync).IfElse(IsWaiting, x => x.TransitionTo(Telling), x => x.ThenAsync(FinishAsync).TransitionTo(Done)),
            When(OnFailed).Then(Fail).Then(Bury).ThenAsync(FinishAsync).TransitionTo(Quarantined),
            Ignore(OnSealed), Ignore(OnKept));
        During(FailedFirst,
            When(OnSealed).Then(Seal).Then(Bury).ThenAsync(FinishAsync).TransitionTo(Quarantined),
            When(OnStored).Then(Store).ThenAsync(TellAsync).TransitionTo(StoredFirst),
            Ignore(OnFailed), Ignore(OnKept));
    }

    /// <summary>A chunk that is stored once more says its effects once more: whoever has not kept them is told again.</summary>
    void Tell()
    {
        During(StoredFirst,
            When(OnSealed).Then(Seal).IfElse(IsWaiting, x => x.TransitionTo(Telling), x => x.ThenAsync(FinishAsync).TransitionTo(Done)),
            When(OnStored).ThenAsync(TellAsync),
            When(OnKept).Then(Keep),
            Ignore(OnFailed));
        During(Telling,
            When(OnStored).ThenAsync(TellAsync),
            When(OnKept).Then(Keep).If(x => !IsWaiting(x), x => x.ThenAsync(FinishAsync).TransitionTo(Done)),
            Ignore(OnSealed), Ignore(OnFailed));
    }

    void End()
    {
        During(Done,
            When(OnSealed).ThenAsync(AnswerAsync),
            // Ended by the sweep, which does not know the effects: they are told now.
            When(OnStored).ThenAsync(TellAsync),
            When(OnKept).Then(Keep),
            Ignore(OnFailed));
        During(Quarantined,
            When(OnSealed).ThenAsync(AnswerAsync),
            When(OnStored).Then(Store).ThenAsync(TellAsync).Then(Revive).TransitionTo(Done),
            When(OnKept).Then(Keep),
            When(OnFailed).Then(Fail));
    }

    static bool IsWaiting<T>(BehaviorContext<ChunkState, T> chunk) where T : class => chunk.Saga.Waiting is { Length: > 0 };

    static void Keep(BehaviorContext<ChunkState, EffectsKept> chunk) =>
        chunk.Saga.Waiting = string.Join(',', (chunk.Saga.Waiting ?? "").Split(',').Where(channel => channel != chunk.Message.Channel));

    /// <summary>The channels' queues get their parts, unless all were kept before.</summary>
    static async Task TellAsync(BehaviorContext<ChunkState, ChunkStored> chunk)
    {
        var waiting = chunk.Saga.Waiting?.Split(',');
        var effects = chunk.Message.Effects.Where(e => waiting is null || waiting.Contains(e.Channel)).ToList();
        if (effects.Count == 0) return;
        chunk.Saga.Waiting ??= string.Join(',', effects.Select(e => e.Channel));
        foreach (var effect in effects)
        {
            var queue = await chunk.GetSendEndpoint(new Uri($"exchange:{ChunkQueues.Effects(effect.Channel)}"));
            await queue.Send(new EffectsDue(chunk.Message.ChunkId, effect.Channel, effect.Content), chunk.CancellationToken);
        }
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
