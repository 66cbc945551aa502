using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Tags.Gtm;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>Containers as files: out as JSON, in from that and from Google Tag Manager's export. What comes in is added to the draft; nothing is replaced.</summary>
public sealed class TagTransfer(AnalyticsDb db, TagDrafts drafts)
{
    public const int MostItems = 1000;

    public async Task<string> ExportAsync(AuthorizedSite site, CancellationToken cancel) => (await drafts.ContentAsync(site, cancel)).Write(readable: true);

    /// <exception cref="JsonException">The file is neither.</exception>
    public static Imported Read(string json)
    {
        if (JsonNode.Parse(json) is JsonObject file && file["containerVersion"] is JsonObject version) return new GtmContainer(version).Read();
        var content = ContainerContent.Read(json);
        return new Imported(content.Items, content.Consent, []);
    }

    public async Task<ImportReport> AddAsync(AuthorizedSite site, Imported file, bool mayRunCode, string by, CancellationToken cancel)
    {
        await drafts.EnsureAsync(site, cancel);
        var skipped = file.Skipped.ToList();
        var wanted = file.Items.Where(i => Fits(i, mayRunCode, skipped)).Take(MostItems).ToList();
        var first = await drafts.NextNumbersAsync(site, Math.Max(1, wanted.Count), cancel);
        var numbers = wanted.Select((item, at) => (item.Number, New: first + at)).DistinctBy(n => n.Number).ToDictionary(n => n.Number, n => n.New);
        var taken = (await drafts.ItemsAsync(site, cancel)).Select(i => (i.Sort, i.Name.ToLowerInvariant())).ToHashSet();
        var items = Named(wanted.Select(i => Renumbered(i, numbers)).ToList(), taken);
        foreach (var item in items) db.TagItems.Add(drafts.NewItem(site, item, by));
        drafts.Log(site, by, $"Imported {items.Count} items", string.Join('\n', items.Select(i => i.Name)));
        return await drafts.SaveAsync(cancel) == TagSave.Saved
            ? new ImportReport([.. items.Select(i => i.Name)], skipped)
            : new ImportReport([], ["Somebody else changed the draft at the same moment. Nothing was imported; try again."]);
    }

    static bool Fits(ItemContent item, bool mayRunCode, List<string> skipped)
    {
        var kind = ItemKinds.Find(item.Sort, item.Kind);
        var why = kind is null ? $"is of the kind “{item.Kind}”, which is not known here"
            : kind.RunsCode && !mayRunCode ? "runs code of your own, which you are not allowed to add"
            : item.Name.Length is 0 or > 120 ? "has no name, or one of more than 120 characters"
            : kind.Fields.Select(f => SettingCheck.Problem(f, item)).FirstOrDefault(p => p is not null);
        if (why is not null) skipped.Add($"“{item.Name}” {why}");
        return why is null;
    }

    static ItemContent Renumbered(ItemContent item, Dictionary<int, int> numbers)
    {
        int[] Known(IEnumerable<int> old) => [.. old.Where(n => n < 0 || numbers.ContainsKey(n)).Select(n => n < 0 ? n : numbers[n])];
        var settings = (JsonObject)item.Settings.DeepClone();
        if (settings["all"] is JsonArray) settings["all"] = new JsonArray([.. Known(item.Numbers("all")).Select(n => JsonValue.Create(n))]);
        return item with
        {
            Number = numbers[item.Number], Settings = settings,
            Options = item.Options with
            {
                On = Known(item.Options.On), Not = Known(item.Options.Not),
                Before = item.Options.Before is { } b && numbers.TryGetValue(b, out var before) ? before : null,
                After = item.Options.After is { } a && numbers.TryGetValue(a, out var after) ? after : null,
            },
        };
    }

    /// <summary>A name that is taken gets a number; what the file reads by it follows.</summary>
    static List<ItemContent> Named(List<ItemContent> items, HashSet<(ItemSort, string)> taken)
    {
        foreach (var item in items.ToArray())
        {
            var name = item.Name;
            for (var n = 2; !taken.Add((item.Sort, name.ToLowerInvariant())); n++) name = $"{item.Name[..Math.Min(item.Name.Length, 110)]} ({n})";
            if (name == item.Name) continue;
            var at = items.FindIndex(i => i.Number == item.Number);
            items[at] = items[at] with { Name = name };
            if (item.Sort == ItemSort.Variable) items = [.. items.Select(i => References.Renamed(i, item.Name, name))];
        }
        return items;
    }
}
