using System.Text.Json.Nodes;

namespace SaaS.Analytics.Portal.Tags.Gtm;

/// <summary>Which of our kinds stands for a variable of Google Tag Manager's, by its type.</summary>
static class GtmVariables
{
    /// <returns>Null where none does.</returns>
    public static (string Kind, JsonObject Settings)? Find(string type, GtmParameters p) => type switch
    {
        "v" => ("layer", new() { ["name"] = p.Text("name") }),
        "k" => ("cookie", new() { ["name"] = p.Text("name"), ["raw"] = !p.Flag("decodeCookie") }),
        "c" => ("constant", new() { ["of"] = p.Text("value") }),
        "j" => ("js", new() { ["name"] = p.Text("name") }),
        "jsm" => ("code", new() { ["code"] = p.Text("javascript") }),
        "u" => ("url", new() { ["part"] = Part(p.Text("component")), ["key"] = p.Text("queryKey"), ["bare"] = p.Flag("stripWww"), ["of"] = p.Text("customUrlSource") }),
        "f" => ("referrer", new() { ["part"] = Part(p.Text("component")), ["key"] = p.Text("queryKey"), ["bare"] = p.Flag("stripWww") }),
        "d" => ("element", new() { ["name"] = p.Text("elementSelector").Length > 0 ? p.Text("elementSelector") : "#" + p.Text("elementId"), ["attribute"] = p.Text("attributeName") }),
        "smm" => ("lookup", new() { ["of"] = p.Text("input"), ["rows"] = p.Rows("map", "key", "value") }),
        "remm" => ("regex", new() { ["of"] = p.Text("input"), ["rows"] = p.Rows("map", "key", "value"), ["part"] = p.Flag("fullMatch") ? "whole" : "part", ["fold"] = p.Flag("ignoreCase") }),
        "r" => ("random", new() { ["from"] = Or(p.Text("min"), "0"), ["to"] = Or(p.Text("max"), "2147483647") }),
        "e" => ("event", []),
        "ctv" => ("version", []),
        "cid" => ("site", []),
        "aev" => Auto(p),
        _ => null,
    };

    static (string, JsonObject)? Auto(GtmParameters p) => p.Text("varType") switch
    {
        "ATTRIBUTE" => ("clicked", new() { ["attribute"] = p.Text("attribute") }),
        "URL" => p.Text("component") is "" or "URL" ? ("fact", new() { ["name"] = "url" }) : ("url", new() { ["part"] = Part(p.Text("component")), ["key"] = p.Text("queryKey"), ["of"] = "{{Click URL}}" }),
        "ELEMENT" => ("fact", new() { ["name"] = "element" }),
        "CLASSES" => ("fact", new() { ["name"] = "classes" }),
        "ID" => ("fact", new() { ["name"] = "id" }),
        "TARGET" => ("fact", new() { ["name"] = "target" }),
        "TEXT" => ("fact", new() { ["name"] = "text" }),
        _ => null,
    };

    static string Part(string component) => component switch { "" or "URL" => "href", "EXTENSION" => "extension", var other => other.ToLowerInvariant() };

    static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
