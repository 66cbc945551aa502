namespace SaaS.Analytics.Tests.Workers;

static class Eventually
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    /// <param name="condition">Asked until it holds.</param>
    /// <param name="what">Names it in the failure.</param>
    /// <param name="seen">How things stand, for the failure.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, Func<Task<string>>? seen = null)
    {
        var end = DateTime.UtcNow + Limit;
        while (!await condition())
        {
            if (DateTime.UtcNow >= end) Assert.Fail($"Never came true: {what}. {(seen is null ? "" : await seen())}");
            await Task.Delay(50);
        }
    }
}
