using System.Text.Json.Nodes;

namespace SaaS.Analytics.Tags;

/// <summary>
/// From names and numbers to places in lists. Holds only what fires: paused tags, triggers that no tag asks for and variables
/// that nothing reads are left out. What is missing is undefined; it is the check before publishing that refuses it.
/// </summary>
public sealed class ContainerCompiler
{
    readonly ContainerContent content;
    readonly ValueCompiler values;
    readonly List<ItemContent> tags;
    readonly List<ItemContent> triggers = [];
    readonly Dictionary<string, string> code = [];
    readonly SortedSet<string> pieces = new(StringComparer.Ordinal);

    ContainerCompiler(ContainerContent content)
    {
        this.content = content;
        values = new ValueCompiler(content, code);
        tags = [.. content.Of(ItemSort.Tag).Where(t => !t.Paused && t.Options.On.Length > 0 || IsStep(t))];
    }

    /// <param name="content">What to run.</param>
    /// <param name="place">Where.</param>
    /// <param name="withNames">For the preview, which only the site's own people see.</param>
    public static CompiledContainer Compile(ContainerContent content, ContainerPlace place, bool withNames = false)
    {
        var compiler = new ContainerCompiler(content);
        var tags = new JsonArray([.. compiler.tags.Select(compiler.Tag)]);
        var triggers = new JsonArray();
        for (var i = 0; i < compiler.triggers.Count; i++) triggers.Add(compiler.Trigger(compiler.triggers[i]));
        var result = compiler.Frame(place);
        result["tags"] = tags;
        result["triggers"] = triggers;
        result["variables"] = compiler.values.Variables();
        if (withNames) result["names"] = compiler.Names();
        return new CompiledContainer(result, [.. compiler.pieces], compiler.code);
    }

    /// <summary>Another tag runs it before or after itself.</summary>
    bool IsStep(ItemContent tag) => !tag.Paused && content.Of(ItemSort.Tag).Any(t => !t.Paused && (t.Options.Before == tag.Number || t.Options.After == tag.Number));

    JsonObject Frame(ContainerPlace place)
    {
        var consent = new JsonObject();
        foreach (var (category, state) in new[] { ("analytics", content.Consent.Analytics), ("ads", content.Consent.Ads), ("personalization", content.Consent.Personalization) })
            if (state != ConsentDefaults.Wait) consent[category] = state == "granted" ? 1 : 0;
        var frame = new JsonObject
        {
            ["id"] = place.TrackingId, ["version"] = place.Version, ["environment"] = place.Environment, ["timeout"] = place.VisitTimeoutMinutes,
            ["hosts"] = new JsonArray([.. place.Hosts.Select(h => JsonValue.Create(h))]), ["consent"] = consent,
        };
        if (content.Consent.Google) frame["google"] = 1;
        return frame;
    }

    JsonObject Tag(ItemContent tag, int place)
    {
        var options = tag.Options;
        if (tag.Kind != "js") pieces.Add("t:" + tag.Kind);
        var result = new JsonObject
        {
            ["n"] = tag.Number, ["t"] = tag.Kind, ["s"] = values.Settings(tag, "c:" + place), ["on"] = Places(options.On),
        };
        if (options.Not.Length > 0) result["not"] = Places(options.Not);
        if (options.Sticky) result["sticky"] = 1;
        if (options.When.Length > 0) result["when"] = values.Tests(options.When);
        if (options.Needs.Length > 0) result["needs"] = new JsonArray([.. options.Needs.Select(n => JsonValue.Create(n))]);
        var limit = options.Limit.Length == 0 ? FireLimits.Event : options.Limit;
        if (limit != FireLimits.Unlimited) result["limit"] = limit;
        Timing(result, options);
        Sequence(result, options);
        return result;
    }

    static void Timing(JsonObject result, ItemOptions options)
    {
        if (options.Priority != 0) result["priority"] = options.Priority;
        if (options.Delay > 0) result["delay"] = options.Delay;
        if (options.From is { } from) result["from"] = Milliseconds(from);
        if (options.Until is { } until) result["until"] = Milliseconds(until);
    }

    void Sequence(JsonObject result, ItemOptions options)
    {
        if (PlaceOfTag(options.Before) is { } before) result["before"] = before;
        if (PlaceOfTag(options.After) is { } after) result["after"] = after;
        if (options.Strict) result["strict"] = 1;
    }

    int? PlaceOfTag(int? number) => number is null ? null : tags.FindIndex(t => t.Number == number) is var place and >= 0 ? place : null;

    JsonObject Trigger(ItemContent trigger)
    {
        if (TriggerListeners.Of(trigger) is { } listener) pieces.Add("on:" + listener);
        var settings = values.Settings(trigger, "");
        if (trigger.Kind == "group") settings["all"] = Places([.. trigger.Numbers("all")]);
        var result = new JsonObject { ["kind"] = trigger.Kind, ["s"] = settings };
        if (trigger.Options.When.Length > 0) result["when"] = values.Tests(trigger.Options.When);
        return result;
    }

    /// <summary>Places of triggers; those that are new get one.</summary>
    JsonArray Places(int[] numbers)
    {
        var places = new JsonArray();
        foreach (var number in numbers)
        {
            var place = triggers.FindIndex(t => t.Number == number);
            if (place < 0 && Find(number) is { } trigger)
            {
                place = triggers.Count;
                triggers.Add(trigger);
            }
            if (place >= 0) places.Add(place);
        }
        return places;
    }

    ItemContent? Find(int number) => TriggerKinds.BuiltIn.FirstOrDefault(t => t.Number == number) ?? content.Of(ItemSort.Trigger).FirstOrDefault(t => t.Number == number && !t.Paused);

    JsonObject Names() => new()
    {
        ["tags"] = Texts(tags), ["triggers"] = Texts(triggers), ["variables"] = Texts(values.Used),
    };

    static JsonArray Texts(IEnumerable<ItemContent> items) => new([.. items.Select(i => JsonValue.Create(i.Name))]);

    static long Milliseconds(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
}
