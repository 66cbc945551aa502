using System.Text.Json.Nodes;

namespace SaaS.Analytics.Portal.Tags.Gtm;

/// <summary>The <c>parameter</c> list of an entry in Google Tag Manager's export.</summary>
sealed class GtmParameters(JsonNode? owner, string list = "parameter")
{
    readonly JsonArray parameters = owner?[list] as JsonArray ?? [];

    /// <returns>Empty where there is none.</returns>
    public string Text(string key) => (string?)Find(key)?["value"] ?? "";

    public bool Flag(string key) => Text(key) == "true";

    /// <summary>A list of maps as pairs.</summary>
    public JsonArray Rows(string key, string left, string right) => new(
    [
        .. (Find(key)?["list"] as JsonArray ?? []).Select(e => new GtmParameters(e, "map")).Select(m => new JsonObject { ["k"] = m.Text(left), ["v"] = m.Text(right) }),
    ]);

    public IEnumerable<string> Texts(string key, string name) => (Find(key)?["list"] as JsonArray ?? []).Select(e => (string?)e?["value"] ?? new GtmParameters(e, "map").Text(name));

    JsonNode? Find(string key) => parameters.FirstOrDefault(p => (string?)p?["key"] == key);
}
