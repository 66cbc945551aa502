using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags.Gtm;

/// <summary>Which of our kinds stands for a trigger of Google Tag Manager's, by its type.</summary>
static class GtmTriggers
{
    /// <summary>Triggers that every container there has, under numbers of their own.</summary>
    public static readonly IReadOnlyDictionary<string, int> BuiltIn = new Dictionary<string, int> { ["2147479572"] = -4, ["2147479573"] = -5 };

    /// <summary>All Pages. Ours also fires when the address changes inside the page, which would count twice where a container has a trigger for that.</summary>
    public const string AllPages = "2147479553";

    /// <summary>How the name of a custom event may be compared.</summary>
    public static readonly IReadOnlySet<string> NameOperators = new HashSet<string> { "EQUALS", "MATCH_REGEX", "CONTAINS", "STARTS_WITH", "ENDS_WITH" };

    static readonly Dictionary<string, string> Operators = new()
    {
        ["EQUALS"] = "equals", ["CONTAINS"] = "contains", ["STARTS_WITH"] = "starts", ["ENDS_WITH"] = "ends", ["MATCH_REGEX"] = "regex", ["CSS_SELECTOR"] = "css",
        ["GREATER"] = "gt", ["GREATER_OR_EQUALS"] = "ge", ["LESS"] = "lt", ["LESS_OR_EQUALS"] = "le",
    };

    /// <returns>Null where none does.</returns>
    public static (string Kind, JsonObject Settings)? Find(string type, JsonNode trigger) => type switch
    {
        "PAGEVIEW" => ("pageview", []),
        "DOM_READY" => ("dom", []),
        "WINDOW_LOADED" => ("load", []),
        "INIT" => ("init", []),
        "CONSENT_INIT" => ("consent-init", []),
        "CLICK" => ("click", []),
        "LINK_CLICK" => ("link", []),
        "FORM_SUBMISSION" => ("submit", []),
        "HISTORY_CHANGE" => ("history", []),
        "JS_ERROR" => ("error", []),
        "CUSTOM_EVENT" => Custom(trigger),
        "TIMER" => ("timer", new() { ["milliseconds"] = Own(trigger, "interval"), ["limit"] = Own(trigger, "limit") }),
        "SCROLL_DEPTH" => Scroll(new GtmParameters(trigger)),
        "ELEMENT_VISIBILITY" => Visible(new GtmParameters(trigger)),
        "YOU_TUBE_VIDEO" => Video(new GtmParameters(trigger)),
        "TRIGGER_GROUP" => ("group", []),
        _ => null,
    };

    /// <summary>Conditions of a list; those that cannot be kept are said.</summary>
    public static IEnumerable<Comparison> Conditions(JsonNode trigger, string list, Action<string> skip)
    {
        foreach (var filter in trigger[list] as JsonArray ?? [])
        {
            var p = new GtmParameters(filter);
            var names = Placeholders.Names(p.Text("arg0")).ToArray();
            if (names.Length == 1 && Operators.TryGetValue((string?)filter?["type"] ?? "", out var name))
                yield return new Comparison(names[0] == "_event" ? "Event" : names[0], name, p.Text("arg1"), p.Flag("negate"), p.Flag("ignore_case"));
            else skip($"the condition {(string?)filter?["type"]} on {p.Text("arg0")}");
        }
    }

    static (string, JsonObject) Custom(JsonNode trigger)
    {
        var filter = (trigger["customEventFilter"] as JsonArray)?.FirstOrDefault();
        var name = new GtmParameters(filter).Text("arg1");
        var pattern = (string?)filter?["type"] switch
        {
            "MATCH_REGEX" => name, "CONTAINS" => Regex.Escape(name), "STARTS_WITH" => "^" + Regex.Escape(name), "ENDS_WITH" => Regex.Escape(name) + "$", _ => null,
        };
        return ("custom", new() { ["name"] = pattern ?? name, ["regex"] = pattern is not null });
    }

    static (string, JsonObject) Scroll(GtmParameters p)
    {
        var across = !p.Flag("verticalThresholdOn") && p.Flag("horizontalThresholdOn");
        var way = across ? "horizontal" : "vertical";
        var pixels = p.Text(way + "ThresholdUnits") == "PIXELS";
        return ("scroll", new() { ["direction"] = way, ["units"] = pixels ? "pixels" : "percent", ["depths"] = p.Text($"{way}Thresholds{(pixels ? "Pixels" : "Percent")}") });
    }

    static (string, JsonObject) Visible(GtmParameters p) => ("visible", new()
    {
        ["selector"] = p.Text("selectorType") == "CSS" || p.Text("elementSelector").Length > 0 ? p.Text("elementSelector") : "#" + p.Text("elementId"),
        ["percent"] = p.Text("onScreenRatio"), ["milliseconds"] = p.Flag("useOnScreenDuration") ? p.Text("onScreenDuration") : "",
        ["once"] = p.Text("firingFrequency") switch { "ONCE_PER_ELEMENT" => "element", "MANY_PER_ELEMENT" => "every", _ => "page" },
    });

    static (string, JsonObject) Video(GtmParameters p)
    {
        string[] statuses = [.. new[] { ("captureStart", "start"), ("capturePause", "pause"), ("captureProgress", "progress"), ("captureComplete", "complete") }.Where(s => p.Flag(s.Item1)).Select(s => s.Item2)];
        return ("video", new() { ["statuses"] = string.Join(',', statuses), ["percents"] = p.Text("progressThresholdsPercent"), ["youtube"] = true });
    }

    static string Own(JsonNode trigger, string key) => (string?)trigger[key]?["value"] ?? new GtmParameters(trigger).Text(key);
}
