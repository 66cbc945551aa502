using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>Code of the customer's own that runs on the site: custom HTML and JavaScript, and templates whose script comes from an address that is a setting.</summary>
static class OwnCode
{
    public static bool Is(ItemContent item) => ItemKinds.Find(item.Sort, item.Kind) is { RunsCode: true };

    /// <summary>For the log: the code; of a template with an address all that is set. Empty where nothing of the customer's own runs.</summary>
    public static string Of(ItemContent item) => ItemKinds.Find(item.Sort, item.Kind) switch
    {
        null => "",
        { OwnServer: true } kind => string.Join('\n', kind.Fields.Where(f => item.Text(f.Key).Length > 0).Select(f => $"{f.Label}: {item.Text(f.Key)}")),
        var kind => string.Join('\n', kind.Fields.Where(f => f.Input is FieldInput.Code or FieldInput.Html).Select(f => item.Text(f.Key))),
    };

    /// <returns>Why somebody who may not change code cannot publish <paramref name="after"/>; null where it runs no code that is not there already.</returns>
    public static string? Added(ContainerContent? before, ContainerContent after, string environment)
    {
        var known = (before?.Items ?? []).ToDictionary(i => i.Number);
        var added = after.Items.Where(i => Is(i) && !i.Paused && !(known.TryGetValue(i.Number, out var old) && RunsTheSame(old, i))).ToArray();
        return added.Length == 0 ? null
            : $"{string.Join(", ", added.Select(i => $"“{i.Name}”"))} {(added.Length == 1 ? "runs" : "run")} code of your own that {environment} does not have. Who may change code publishes it in the portal: ask an admin or owner of the account.";
    }

    static bool RunsTheSame(ItemContent a, ItemContent b) =>
        !a.Paused && a.Kind == b.Kind && JsonNode.DeepEquals(a.Settings, b.Settings) && a.Options.Write() == b.Options.Write();
}
