using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>What an event costs the whole pipeline when 10 and 100 times as much is stored already: it must not grow.</summary>
static class HistoryBench
{
    const int WarmUps = 2;
    const int EventsPerRound = 150_000;
    const int Rounds = 3;

    /// <summary>Events that are there to begin with; the rounds add to them.</summary>
    const int Stored = 100_000;
    const int Copies = 9;
    const double MostGrowth = 1.25;
    static readonly int[] Steps = [1, 10, 100];

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(StoredBench.BusySites);
        var load = new EventLoad(stack);
        for (var i = 0; i < WarmUps; i++) await PipelineRound.RunAsync(stack, load, EventsPerRound);
        var costs = new List<double>();
        foreach (var step in Steps)
        {
            await FillAsync(stack.Store, step);
            var rounds = new List<EventCost>();
            for (var i = 0; i < Rounds; i++) rounds.Add(await EventCost.OfRoundAsync(stack, load, EventsPerRound));
            costs.Add(Median.Of(rounds.Select(r => r.All)));
            var stored = await PipelineRound.StoredAsync(stack);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{stored:n0} events stored: {Median.Of(rounds.Select(r => r.Rate)):n0} events/s; {EventCost.Text(rounds)}"));
        }
        return [.. Steps.Zip(costs).Skip(1).Select(s => Figure.Flat($"history-{s.First}x", s.Second, "µs/event", costs[0], MostGrowth))];
    }

    /// <summary>Multiplies what the warm-up left, on the days before and by other visitors, until there are <paramref name="step"/> times <see cref="Stored"/>.</summary>
    static async Task FillAsync(StoreCalls store, int step)
    {
        var wanted = (long)step * Stored;
        for (var copy = 1; await store.NumberAsync("SELECT count() FROM events") is var there && there < wanted; copy += Copies)
        {
            var numbers = $"(SELECT {copy} + number AS copy FROM numbers({Math.Min(Copies, Math.Max(1, (wanted - there) / there))})) AS copies";
            await store.RunAsync($"""
                INSERT INTO events SELECT e.* REPLACE (generateUUIDv4() AS event_id, cityHash64(visitor_id, copies.copy) AS visitor_id,
                    cityHash64(visit_id, copies.copy) AS visit_id, cityHash64(device_id, copies.copy) AS device_id,
                    timestamp - toIntervalDay(copies.copy % 25 + 1) AS timestamp, received_at - toIntervalDay(copies.copy % 25 + 1) AS received_at)
                FROM events AS e CROSS JOIN {numbers} SETTINGS insert_deduplicate = 0
                """);
            await store.RunAsync($"""
                INSERT INTO visits SELECT v.* REPLACE (cityHash64(visitor_id, copies.copy) AS visitor_id, cityHash64(visit_id, copies.copy) AS visit_id,
                    start - toIntervalDay(copies.copy % 25 + 1) AS start, `end` - toIntervalDay(copies.copy % 25 + 1) AS `end`,
                    first_received_at - toIntervalDay(copies.copy % 25 + 1) AS first_received_at)
                FROM visits AS v CROSS JOIN {numbers}
                """);
            await store.RunAsync($"INSERT INTO visitors SELECT v.* REPLACE (cityHash64(visitor_id, copies.copy) AS visitor_id) FROM visitors AS v CROSS JOIN {numbers}");
        }
        await SettledAsync(store);
    }

    /// <summary>Merges of what was just filled in are no cost of the events that come.</summary>
    static async Task SettledAsync(StoreCalls store)
    {
        while (await store.NumberAsync("SELECT count() FROM system.merges") > 0) await Task.Delay(500);
    }
}
