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

/// <param name="Items">That are new, changed or gone.</param>
/// <param name="Consent">What holds until visitors decide, in words; null where it stays.</param>
public sealed record ContentDifference(IReadOnlyList<ItemDifference> Items, (string Before, string After)? Consent)
{
    public int Count => Items.Count + (Consent is null ? 0 : 1);
}

/// <summary>What lies between two contents, for people.</summary>
public static class ContentDiff
{
    public static ContentDifference Between(ContainerContent? before, ContainerContent after)
    {
        before ??= new ContainerContent([], new ConsentDefaults());
        var old = before.Items.ToDictionary(i => i.Number);
        var now = after.Items.ToDictionary(i => i.Number);
        return new(
        [
            .. after.Items.Where(i => !old.ContainsKey(i.Number)).Select(i => new ItemDifference(ItemChange.Added, i, [])),
            .. after.Items.Where(i => old.ContainsKey(i.Number)).Select(i => new ItemDifference(ItemChange.Changed, i, Fields((old[i.Number], before), (i, after)))).Where(d => d.Fields.Count > 0),
            .. old.Values.Where(i => !now.ContainsKey(i.Number)).Select(i => new ItemDifference(ItemChange.Removed, i, [])),
        ], before.Consent.Write() == after.Consent.Write() ? null : (ConsentForm.Words(before.Consent), ConsentForm.Words(after.Consent)));
    }

    /// <summary>What differs between two states of an item; each with the content in which its triggers and tags have their names.</summary>
    public static IReadOnlyList<(string Field, string Before, string After)> Fields((ItemContent Item, ContainerContent In) before, (ItemContent Item, ContainerContent In) after)
    {
        var (old, now) = (Flat(before.Item, before.In), Flat(after.Item, after.In));
        return [.. old.Keys.Union(now.Keys).Select(k => (k, old.GetValueOrDefault(k, ""), now.GetValueOrDefault(k, ""))).Where(f => f.Item2 != f.Item3)];
    }

    static Dictionary<string, string> Flat(ItemContent item, ContainerContent content)
    {
        var flat = new Dictionary<string, string> { ["Name"] = item.Name, ["Folder"] = item.Folder, ["Note"] = item.Note, ["Paused"] = OptionWords.YesNo(item.Paused) };
        foreach (var field in ItemKinds.Find(item.Sort, item.Kind)?.Fields ?? []) flat[field.Label] = Setting(field, item, content);
        foreach (var (name, words) in OptionWords.Of(item.Options, content)) flat[name] = words;
        return flat;
    }

    static string Setting(SettingField field, ItemContent item, ContainerContent content) => field.Input switch
    {
        FieldInput.Rows => string.Join('\n', item.Rows(field.Key).Select(r => $"{r.K}: {r.V}")),
        FieldInput.Triggers => string.Join(", ", item.Numbers(field.Key).Select(n => TagWords.TriggerName(n, content))),
        FieldInput.Check => OptionWords.YesNo(item.Text(field.Key).Length > 0),
        FieldInput.Choice => field.Choices.Where(c => c.Key == item.Text(field.Key)).Select(c => c.Name).FirstOrDefault() ?? item.Text(field.Key),
        _ => item.Text(field.Key),
    };
}
