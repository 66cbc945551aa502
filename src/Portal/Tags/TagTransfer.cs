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
        // PostgreSQL's JSON holds no NUL.
        json = json.Replace("\\u0000", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        if (JsonNode.Parse(json) is JsonObject file && file["containerVersion"] is JsonObject version) return new GtmContainer(version).Read();
        var content = ContainerContent.Read(json);
        return new Imported(content.Items, content.Consent, []);
    }

    public async Task<ImportReport> AddAsync(AuthorizedSite site, Imported file, bool mayRunCode, string by, CancellationToken cancel)
    {
        await drafts.EnsureAsync(site, cancel);
        var skipped = file.Skipped.ToList();
        var fitting = file.Items.Where(i => Fits(i, mayRunCode, skipped)).ToList();
        var wanted = fitting.Take(MostItems).ToList();
        if (fitting.Count > MostItems) skipped.Add($"{fitting.Count - MostItems} items: one import adds at most {MostItems}. Import the rest from a file of their own");
        await SayConsentAsync(site, file.Consent, skipped, cancel);
        var first = await drafts.NextNumbersAsync(site, Math.Max(1, wanted.Count), cancel);
        var numbers = wanted.Select((item, at) => (item.Number, New: first + at)).DistinctBy(n => n.Number).ToDictionary(n => n.Number, n => n.New);
        var taken = (await drafts.ItemsAsync(site, cancel)).Select(i => (i.Sort, i.Name.ToLowerInvariant())).ToHashSet();
        var items = Named(wanted.Select(i => Renumbered(Safe(i, numbers, skipped), numbers)).ToList(), taken);
        foreach (var item in items) db.TagItems.Add(drafts.NewItem(site, item, by));
        drafts.Log(site, by, $"Imported {items.Count} items", string.Join('\n', items.Select(i => i.Name)));
        foreach (var item in items.Where(OwnCode.Is)) drafts.Log(site, by, $"Imported “{item.Name}”, which runs code", OwnCode.Of(item));
        return await drafts.SaveAsync(cancel) == TagSave.Saved
            ? new ImportReport([.. items.Select(i => i.Name)], skipped)
            : new ImportReport([], ["Somebody else changed the draft at the same moment. Nothing was imported; try again."]);
    }

    /// <summary>It is not taken: what holds for the site is not changed by adding to its draft.</summary>
    async Task SayConsentAsync(AuthorizedSite site, ConsentDefaults? consent, List<string> skipped, CancellationToken cancel)
    {
        var own = (await drafts.ContainerAsync(site, cancel)).Consent;
        if (consent is not null && consent.Write() != ConsentDefaults.Read(own).Write())
            skipped.Add($"What holds until visitors decide is another in the file. Set it under Consent and safety, if you want the same here: {ConsentForm.Words(consent).Replace("\n", "; ", StringComparison.Ordinal)}");
    }

    static bool Fits(ItemContent item, bool mayRunCode, List<string> skipped)
    {
        var kind = ItemKinds.Find(item.Sort, item.Kind);
        var why = kind is null ? $"is of the kind “{item.Kind}”, which is not known here"
            : kind.RunsCode && !mayRunCode ? "runs code of your own, which you are not allowed to add"
            : ItemCheck.Errors(item, kind).Values.FirstOrDefault();
        if (why is not null) skipped.Add($"“{(item.Name.Length > 120 ? item.Name[..120] + "…" : item.Name)}” {why}");
        return why is null;
    }

    /// <summary>Without what stopped it, a tag would fire where it must not, and a group too early: they are paused.</summary>
    static ItemContent Safe(ItemContent item, Dictionary<int, int> numbers, List<string> skipped)
    {
        bool Misses(IEnumerable<int> of) => of.Any(n => n >= 0 && !numbers.ContainsKey(n));
        if (Misses(item.Options.On)) skipped.Add($"“{item.Name}” fires without a trigger that was left out");
        if (Misses(new[] { item.Options.Before, item.Options.After }.OfType<int>())) skipped.Add($"“{item.Name}” runs without a tag before or after it that was left out");
        if (!Misses(item.Options.Not) && !Misses(item.Numbers("all"))) return item;
        skipped.Add($"“{item.Name}” is paused: {(item.Sort == ItemSort.Tag ? "a trigger that stops it" : "one of its triggers")} was left out. Look at it, and start it");
        return item with { Paused = true };
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
