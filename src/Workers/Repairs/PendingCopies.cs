using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Copies of events that a repair made and did not get to put in their place. They count nowhere and only take room.</summary>
public sealed class PendingCopies(EventCorrections events, TimeProvider clock)
{
    /// <summary>No attempt goes on for so long.</summary>
    static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    public Task ForgetAsync(CancellationToken cancel) => events.ForgetCopiesAsync(clock.GetUtcNow().UtcDateTime - Abandoned, cancel);
}
