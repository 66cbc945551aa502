using System.Text.Json;

namespace SaaS.Analytics.Standalone;

/// <summary><c>run.json</c> in the data directory: where this run is, for scripts and tests; written when it is ready.</summary>
static class RunFile
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    public static void Write(DataDirectory data, Addresses addresses, string? clickHouse, object? demo)
    {
        var run = new { addresses.Portal, addresses.Collector, Clickhouse = clickHouse, data.Secrets.OutboxToken, Demo = demo };
        data.WritePrivate("run.json", JsonSerializer.Serialize(run, Json));
    }

    /// <summary>A run that is starting is not ready: what an earlier one wrote no longer holds.</summary>
    public static void Clear(DataDirectory data) => File.Delete(data.Sub("run.json"));
}
