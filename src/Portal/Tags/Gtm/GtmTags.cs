using System.Text.Json.Nodes;

namespace SaaS.Analytics.Portal.Tags.Gtm;

/// <summary>Which of our templates stands for a tag of Google Tag Manager's, by its type.</summary>
static class GtmTags
{
    /// <returns>Null where none does.</returns>
    public static (string Kind, JsonObject Settings)? Find(string type, GtmParameters p) => type switch
    {
        "html" => ("html", new() { ["html"] = p.Text("html") }),
        "img" => ("image", new() { ["url"] = p.Text("url"), ["fresh"] = p.Flag("useCacheBuster") }),
        "googtag" => ("google-tag", new() { ["id"] = p.Text("tagId"), ["settings"] = p.Rows("configSettingsTable", "parameter", "parameterValue") }),
        "gaawc" => ("google-tag", new() { ["id"] = p.Text("measurementId"), ["settings"] = p.Rows("fieldsToSet", "name", "value") }),
        "gaawe" => ("ga4-event", new() { ["id"] = First(p.Text("measurementIdOverride"), p.Text("measurementId")), ["name"] = p.Text("eventName"), ["params"] = Parameters(p) }),
        "awct" => ("google-ads", new()
        {
            ["id"] = "AW-" + p.Text("conversionId"), ["label"] = p.Text("conversionLabel"), ["amount"] = p.Text("conversionValue"),
            ["currency"] = p.Text("currencyCode"), ["order"] = p.Text("orderId"),
        }),
        "bzi" => ("linkedin", new() { ["id"] = p.Text("id"), ["conversion"] = p.Text("conversionId") }),
        "baut" => ("uet", new() { ["id"] = p.Text("tagId"), ["action"] = First(p.Text("eventAction"), p.Text("p_eventAction")) }),
        "hjtc" => ("hotjar", new() { ["id"] = p.Text("hotjar_site_id") }),
        _ => null,
    };

    static JsonArray Parameters(GtmParameters p) =>
        p.Rows("eventSettingsTable", "parameter", "parameterValue") is { Count: > 0 } rows ? rows : p.Rows("eventParameters", "name", "value");

    static string First(string a, string b) => a.Length > 0 ? a : b;
}
