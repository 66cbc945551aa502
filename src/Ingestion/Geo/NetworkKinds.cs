using System.Collections.Frozen;
using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion.Geo;

/// <summary>Networks that people are not at home in: <c>networks.json</c>.</summary>
sealed class NetworkKinds
{
    readonly FrozenDictionary<uint, SenderSigns> kinds;

    NetworkKinds(Lists lists) => kinds = lists.Hosting.Select(n => (n, SenderSigns.Hosting))
        .Concat(lists.Anonymisers.Select(n => (n, SenderSigns.Anonymiser))).ToFrozenDictionary(n => n.Item1, n => n.Item2);

    public static NetworkKinds Load()
    {
        using var stream = typeof(NetworkKinds).Assembly.GetManifestResourceStream("networks.json")!;
        return new NetworkKinds(JsonSerializer.Deserialize<Lists>(stream, JsonSerializerOptions.Web)!);
    }

    public SenderSigns Of(uint number) => kinds.GetValueOrDefault(number);

    sealed record Lists(uint[] Hosting, uint[] Anonymisers);
}
