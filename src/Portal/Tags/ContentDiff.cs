using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

public enum ItemChange
{
    Added,
    Changed,
    Removed,
}

/// <param name="Change">What happened to it.</param>
/// <param name="Item">As it is now, or was.</param>
/// <param name="Fields">What differs: name, before, after; empty where it is new or gone.</param>
public sealed record ItemDifference(ItemChange Change, ItemContent Item, IReadOnlyList<(string Field, string Before, string After)> Fields);

/// <summary>What lies between two contents, for people.</summary>
public static class ContentDiff
{
    public static IReadOnlyList<ItemDifference> Between(ContainerContent? before, ContainerContent after)
    {
        var old = (before?.Items ?? []).ToDictionary(i => i.Number);
        var now = after.Items.ToDictionary(i => i.Number);
        return
        [
            .. after.Items.Where(i => !old.ContainsKey(i.Number)).Select(i => new ItemDifference(ItemChange.Added, i, [])),
            .. after.Items.Where(i => old.ContainsKey(i.Number)).Select(i => new ItemDifference(ItemChange.Changed, i, Fields(old[i.Number], i))).Where(d => d.Fields.Count > 0),
            .. old.Values.Where(i => !now.ContainsKey(i.Number)).Select(i => new ItemDifference(ItemChange.Removed, i, [])),
        ];
    }

    /// <summary>What differs in what holds until visitors decide.</summary>
    public static bool ConsentDiffers(ContainerContent? before, ContainerContent after) => (before?.Consent ?? new ConsentDefaults()).Write() != after.Consent.Write();

    static List<(string, string, string)> Fields(ItemContent before, ItemContent after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return [.. old.Keys.Union(now.Keys).Select(k => (k, old.GetValueOrDefault(k, ""), now.GetValueOrDefault(k, ""))).Where(f => f.Item2 != f.Item3)];
    }

    static Dictionary<string, string> Flat(ItemContent item)
    {
        var fields = ItemKinds.Find(item.Sort, item.Kind)?.Fields ?? [];
        var flat = new Dictionary<string, string> { ["Name"] = item.Name, ["Folder"] = item.Folder, ["Note"] = item.Note, ["Paused"] = item.Paused ? "yes" : "no" };
        foreach (var field in fields) flat[field.Label] = item.Settings[field.Key] is JsonArray list ? list.ToJsonString() : item.Text(field.Key);
        foreach (var (key, value) in (JsonObject)JsonNode.Parse(item.Options.Write())!) flat[OptionNames.Of(key)] = value is JsonArray { Count: 0 } ? "" : value?.ToString() ?? "";
        return flat;
    }
}
