namespace SaaS.Analytics.E2E.Faults;

/// <summary>Waits until something holds; what runs out is patience, never the measure of a test.</summary>
static class Wait
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(8);

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        for (var end = TimeProvider.System.GetUtcNow() + Long; !await holds(); await Task.Delay(200))
            if (TimeProvider.System.GetUtcNow() > end) throw new TimeoutException($"Waited in vain: {what}.");
    }
}
