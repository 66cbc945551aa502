namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>Sends generated events to the collector over a few connections.</summary>
sealed class EventLoad(PipelineStack stack)
{
    const int Connections = 8;

    public int EventsPerRequest { get; init; } = 100;
    public bool UniqueAgents { get; init; }

    /// <summary>Browsers send, and not servers with an API key.</summary>
    public bool FromBrowsers { get; init; }

    /// <summary>Events a second; null for as fast as they are answered.</summary>
    public double? Rate { get; init; }

    /// <returns>When all were answered 202.</returns>
    public Task SendAsync(int events) => Task.WhenAll(Enumerable.Range(0, Connections)
        .Select(c => Task.Run(() => ConnectionAsync(c, events / EventsPerRequest / Connections))));

    async Task ConnectionAsync(int number, int requests)
    {
        BatchTemplate[] templates = [.. stack.Sites.Where((_, i) => i % Connections == number)
            .Select(s => new BatchTemplate(s.TrackingId, s.Domain, EventsPerRequest, FromBrowsers ? null : stack.ServerKey, Random.Shared.Next()))];
        using var connection = await LoadConnection.OpenAsync(stack.CollectorPort);
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < requests; i++)
        {
            if (Rate is { } rate) await PaceAsync(start, TimeSpan.FromSeconds((double)i * Connections * EventsPerRequest / rate));
            await connection.SendAsync(templates[i % templates.Length].Next(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), UniqueAgents));
        }
    }

    static async Task PaceAsync(long start, TimeSpan due)
    {
        if (due - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } wait) await Task.Delay(wait);
    }

    /// <summary>How many events a call of <see cref="SendAsync"/> with this number really sends.</summary>
    public int Whole(int events) => events / EventsPerRequest / Connections * EventsPerRequest * Connections;
}
