using System.Text.Json.Nodes;

namespace SaaS.Analytics.Portal.Tags.Gtm;

/// <summary>What an entry of Google Tag Manager's says that has no counterpart here, though the entry has.</summary>
static class GtmLosses
{
    public static IEnumerable<string> OfTag(JsonNode tag)
    {
        var p = new GtmParameters(tag);
        foreach (var key in new[] { "configSettingsVariable", "eventSettingsVariable" })
            if (p.Text(key).Length > 0) yield return $"the settings in {p.Text(key)}: write them into the tag";
        if (p.Flag("supportDocumentWrite")) yield return "document.write, which does not work here";
    }

    public static IEnumerable<string> OfTrigger(JsonNode trigger)
    {
        var p = new GtmParameters(trigger);
        if ((string?)trigger["waitForTags"]?["value"] == "true") yield return "waiting for tags before the link or form is followed";
        if (p.Flag("verticalThresholdOn") && p.Flag("horizontalThresholdOn")) yield return "scrolling to the side: make a second trigger for it";
        var names = trigger["customEventFilter"] as JsonArray ?? [];
        if (names.Count > 1) yield return "all conditions on the event's name but the first";
        if (names.FirstOrDefault() is { } name && (new GtmParameters(name).Flag("negate") || !GtmTriggers.NameOperators.Contains((string?)name["type"] ?? "")))
            yield return $"the condition {(string?)name["type"]} on the event's name";
    }
}
