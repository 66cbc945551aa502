using System.Collections.Concurrent;

namespace SaaS.Analytics.Reports;

/// <summary>How many statements of each tenant run at once.</summary>
sealed class TenantSlots(ReportLimits limits)
{
    readonly ConcurrentDictionary<Guid, Slots> tenants = [];

    /// <summary>Waits for a slot; disposing gives it back.</summary>
    /// <exception cref="ReportLimitException">Too many wait already, or this one has waited too long.</exception>
    public async Task<IDisposable> EnterAsync(Guid tenant, CancellationToken cancel)
    {
        var slots = tenants.GetOrAdd(tenant, _ => new Slots(limits.Concurrency));
        if (Interlocked.Increment(ref slots.Waiting) > limits.Waiting + limits.Concurrency)
        {
            Interlocked.Decrement(ref slots.Waiting);
            throw Busy();
        }
        try
        {
            if (!await slots.WaitAsync(TimeSpan.FromSeconds(limits.WaitSeconds), cancel)) throw Busy();
        }
        finally
        {
            Interlocked.Decrement(ref slots.Waiting);
        }
        return new Slot(slots);
    }

    ReportLimitException Busy() => new(
        $"{limits.Concurrency} queries of this account are running and others wait. Send fewer at once, or try again in some seconds.", later: true);

    sealed class Slots(int count) : SemaphoreSlim(count)
    {
        public int Waiting;
    }

    sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
