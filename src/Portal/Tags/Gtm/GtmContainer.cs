using System.Globalization;
using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags.Gtm;

/// <summary>The <c>containerVersion</c> of Google Tag Manager's export, as items of ours. What has no counterpart is said, not guessed.</summary>
sealed class GtmContainer(JsonObject version)
{
    readonly List<string> skipped = [];
    readonly Dictionary<string, int> triggers = new(GtmTriggers.BuiltIn);
    readonly Dictionary<string, int> tags = [];
    int last;

    public Imported Read()
    {
        Number("trigger", "triggerId", triggers);
        triggers[GtmTriggers.AllPages] = ++last;
        foreach (var tag in List("tag")) tags.TryAdd(Text(tag, "name"), ++last);
        var items = List("variable").Select(Variable).Concat(List("trigger").Select(Trigger)).Concat(List("tag").Select(Tag)).OfType<ItemContent>().ToArray();
        foreach (var (key, name) in new[] { ("customTemplate", "custom template"), ("zone", "zone"), ("client", "client"), ("transformation", "transformation") })
            foreach (var other in List(key)) skipped.Add($"The {name} “{Text(other, "name")}”: there is nothing like it here.");
        var all = items.SelectMany(References.Numbers).Contains(triggers[GtmTriggers.AllPages])
            ? items.Append(new ItemContent(ItemSort.Trigger, triggers[GtmTriggers.AllPages], "pageview", "Page opened")) : items;
        var content = new ContainerContent([.. all.Select(WithEventName)], new ConsentDefaults());
        SayBuiltIns(content);
        return new Imported(content.Items, null, skipped);
    }

    /// <summary>Those that something reads and that are not here.</summary>
    void SayBuiltIns(ContainerContent content)
    {
        var read = content.Items.SelectMany(References.Variables).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in List("builtInVariable").Select(v => Text(v, "name")).Where(n => read.Contains(n) && !ContentCheck.Exists(n, content)))
            skipped.Add($"The built-in variable “{name}”: there is nothing like it here. Make a variable of this name, or take it out where it is read.");
    }

    ItemContent? Variable(JsonNode variable)
    {
        var p = new GtmParameters(variable);
        if (GtmVariables.Find(Text(variable, "type"), p) is not { } found) return Skip<ItemContent>("variable", variable);
        var form = variable["formatValue"];
        return Make(ItemSort.Variable, ++last, variable, found) with
        {
            Options = new ItemOptions
            {
                Default = p.Flag("setDefaultValue") ? p.Text("defaultValue") : (string?)form?["convertUndefinedToValue"]?["value"] ?? "",
                Case = (string?)form?["caseConversionType"] switch { "LOWERCASE" => "l", "UPPERCASE" => "u", _ => "" },
            },
        };
    }

    ItemContent? Trigger(JsonNode trigger)
    {
        if (GtmTriggers.Find(Text(trigger, "type"), trigger) is not { } found) return Skip<ItemContent>("trigger", trigger);
        if (found.Kind == "group")
            found.Settings["all"] = new JsonArray([.. new GtmParameters(trigger).Texts("triggerIds", "triggerReference").Select(id => JsonValue.Create(NumberOf(id)))]);
        void Say(string what) => skipped.Add($"Of the trigger “{Text(trigger, "name")}” {what}.");
        foreach (var loss in GtmLosses.OfTrigger(trigger)) Say(loss);
        return Make(ItemSort.Trigger, triggers[Text(trigger, "triggerId")], trigger, found) with
        {
            Options = new ItemOptions { When = [.. GtmTriggers.Conditions(trigger, "filter", Say), .. GtmTriggers.Conditions(trigger, "autoEventFilter", Say)] },
        };
    }

    ItemContent? Tag(JsonNode tag)
    {
        if (GtmTags.Find(Text(tag, "type"), new GtmParameters(tag)) is not { } found) return Skip<ItemContent>("tag", tag);
        foreach (var loss in GtmLosses.OfTag(tag)) skipped.Add($"Of the tag “{Text(tag, "name")}” {loss}.");
        return Make(ItemSort.Tag, tags[Text(tag, "name")], tag, found) with
        {
            Paused = (bool?)tag["paused"] ?? false,
            Options = new ItemOptions
            {
                On = Triggers(tag, "firingTriggerId"), Not = Triggers(tag, "blockingTriggerId"), Needs = Needs(tag),
                Limit = Text(tag, "tagFiringOption") switch { "UNLIMITED" => FireLimits.Unlimited, "ONCE_PER_LOAD" => FireLimits.Page, _ => "" },
                Priority = int.TryParse((string?)tag["priority"]?["value"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority) ? priority : 0,
                From = Moment(tag, "scheduleStartMs"), Until = Moment(tag, "scheduleEndMs"),
                Before = Step(tag, "setupTag"), After = Step(tag, "teardownTag"), Strict = (bool?)tag["setupTag"]?[0]?["stopOnSetupFailure"] ?? false,
            },
        };
    }

    /// <summary>Google's consent types as our categories.</summary>
    static string[] Needs(JsonNode tag) =>
        Text(tag["consentSettings"], "consentStatus") != "NEEDED" ? []
        : [.. (tag["consentSettings"]?["consentType"]?["list"] as JsonArray ?? []).Select(t => Text(t, "value")).Select(Category).OfType<string>().Distinct()];

    static string? Category(string signal) => signal switch
    {
        "analytics_storage" => "analytics", "ad_storage" or "ad_user_data" or "ad_personalization" => "ads",
        "personalization_storage" or "functionality_storage" => "personalization", _ => null,
    };

    int[] Triggers(JsonNode tag, string key) => [.. (tag[key] as JsonArray ?? []).Select(id => NumberOf((string?)id ?? ""))];

    /// <summary>Of a trigger that is not in the file, the number of nothing: who adds the items sees that it is missing.</summary>
    int NumberOf(string trigger) => triggers.TryGetValue(trigger, out var number) ? number : triggers[trigger] = ++last;

    int? Step(JsonNode tag, string key) => tags.TryGetValue(Text((tag[key] as JsonArray)?.FirstOrDefault(), "tagName"), out var number) ? number : null;

    static DateTime? Moment(JsonNode tag, string key) =>
        long.TryParse(Text(tag, key), CultureInfo.InvariantCulture, out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime : null;

    static ItemContent Make(ItemSort sort, int number, JsonNode from, (string Kind, JsonObject Settings) found)
    {
        // What is empty is not stored.
        foreach (var key in found.Settings.Where(s => s.Value is JsonValue v && (v.TryGetValue<string>(out var t) && t.Length == 0 || v.TryGetValue<bool>(out var b) && !b)).Select(s => s.Key).ToArray())
            found.Settings.Remove(key);
        var note = Text(from, "notes");
        return new ItemContent(sort, number, found.Kind, Text(from, "name")) { Settings = found.Settings, Note = note.Length > 1000 ? note[..1000] : note };
    }

    /// <summary>There the event is also called <c>_event</c>.</summary>
    static ItemContent WithEventName(ItemContent item) => References.Renamed(item, "_event", "Event");

    T? Skip<T>(string what, JsonNode entry) where T : class
    {
        skipped.Add($"The {what} “{Text(entry, "name")}” is of the type {Text(entry, "type")}, for which there is nothing here.");
        return null;
    }

    void Number(string list, string id, Dictionary<string, int> into)
    {
        foreach (var entry in List(list)) into.TryAdd(Text(entry, id), ++last);
    }

    IEnumerable<JsonNode> List(string key) => (version[key] as JsonArray ?? []).OfType<JsonNode>();

    static string Text(JsonNode? node, string key) => node is JsonObject o && o[key] is JsonValue v ? v.ToString() : "";
}
