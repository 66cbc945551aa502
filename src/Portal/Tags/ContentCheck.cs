using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>What a container must be before it can be published: nothing missing, nothing that asks for itself.</summary>
static class ContentCheck
{
    public static IReadOnlyList<string> Problems(ContainerContent content) =>
    [
        .. content.Items.SelectMany(Alone),
        .. Twins(content),
        .. content.Items.SelectMany(i => MissingVariables(i, content)),
        .. content.Items.SelectMany(i => MissingItems(i, content)),
        .. Circles(content),
    ];

    static IEnumerable<string> Alone(ItemContent item) => ItemKinds.Find(item.Sort, item.Kind) is { } kind
        ? ItemCheck.Errors(item, kind).Values.Select(p => $"“{item.Name}”: {p}")
        : [$"“{item.Name}” is of a kind that is not known here: {item.Kind}. Delete it."];

    static IEnumerable<string> Twins(ContainerContent content) => ByName(content).Where(g => g.Count() > 1)
        .Select(g => $"{string.Join(" and ", g.Select(v => $"“{v.Name}”"))} are one name where a variable is read. Give them different names.");

    static IEnumerable<IGrouping<string, ItemContent>> ByName(ContainerContent content) => content.Of(ItemSort.Variable).GroupBy(v => v.Name, StringComparer.OrdinalIgnoreCase);

    static IEnumerable<string> MissingVariables(ItemContent item, ContainerContent content) =>
        References.Variables(item).Where(name => !Exists(name, content)).Select(name => $"“{item.Name}” reads the variable “{name}”, which does not exist.");

    public static bool Exists(string variable, ContainerContent content) =>
        content.Of(ItemSort.Variable).Concat(BuiltInVariables.All).Any(v => string.Equals(v.Name, variable, StringComparison.OrdinalIgnoreCase));

    static IEnumerable<string> MissingItems(ItemContent item, ContainerContent content) =>
        References.Numbers(item).Where(n => TriggerKinds.BuiltIn.All(t => t.Number != n) && content.Items.All(i => i.Number != n))
            .Select(_ => $"“{item.Name}” names a trigger or tag that does not exist.");

    /// <summary>Variables that read themselves, by way of others or not, and tags that run before or after themselves.</summary>
    static IEnumerable<string> Circles(ContainerContent content)
    {
        var variables = ByName(content).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        foreach (var variable in variables.Values)
            if (Reaches(variable.Name, variable.Name, name => variables.TryGetValue(name, out var next) ? References.Variables(next) : []))
                yield return $"The variable “{variable.Name}” reads itself.";
        foreach (var tag in content.Of(ItemSort.Tag).Where(t => t.Options.Before == t.Number || t.Options.After == t.Number))
            yield return $"The tag “{tag.Name}” runs before or after itself.";
    }

    static bool Reaches(string from, string to, Func<string, IReadOnlyList<string>> next)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Stack<string>(next(from));
        while (waiting.TryPop(out var name))
        {
            if (string.Equals(name, to, StringComparison.OrdinalIgnoreCase)) return true;
            if (!seen.Add(name)) continue;
            foreach (var other in next(name)) waiting.Push(other);
        }
        return false;
    }
}
