namespace SaaS.Analytics.E2E.Products;

/// <summary>Waits until something holds. Time never decides a test except by running out.</summary>
static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(90);

    /// <exception cref="TimeoutException">It did not come true; the message says what and why.</exception>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> look, Func<string>? why = null) where T : class
    {
        var end = TimeProvider.System.GetUtcNow() + Long;
        while (TimeProvider.System.GetUtcNow() < end)
        {
            if (await look() is { } found) return found;
            await Task.Delay(200);
        }
        throw new TimeoutException($"Waited in vain: {what}. {why?.Invoke()}");
    }
}
