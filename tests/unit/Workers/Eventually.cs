namespace SaaS.Analytics.Tests.Workers;

static class Eventually
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow + Limit;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, $"Never came true: {what}");
            await Task.Delay(50);
        }
    }
}
