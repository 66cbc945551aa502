using System.Globalization;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>What is wrong with an item by itself, wherever it comes from: a form, the API, a file, or a draft that is to be published.</summary>
static class ItemCheck
{
    const int LongestName = 120;
    const int LongestNote = 1000;
    const int LongestText = 2000;
    const int MostConditions = 50;
    const int HighestPriority = 1000;
    const int LongestDelay = 600_000;

    /// <returns>By the name of the field in the form.</returns>
    public static Dictionary<string, string> Errors(ItemContent item, ItemKind kind)
    {
        var errors = new Dictionary<string, string>();
        if (item.Name.Length is 0 or > LongestName) errors["name"] = item.Name.Length == 0 ? "Give it a name." : $"The name has at most {LongestName} characters.";
        else if (item.Sort == ItemSort.Variable && item.Name.IndexOfAny(['{', '}']) >= 0) errors["name"] = "A variable's name has no braces.";
        if (item.Folder.Length > LongestName) errors["folder"] = $"The folder's name has at most {LongestName} characters.";
        if (item.Note.Length > LongestNote) errors["note"] = "The note has at most 1,000 characters.";
        foreach (var field in kind.Fields)
            if (SettingCheck.Problem(field, item) is { } problem) errors["s." + field.Key] = problem;
        if (OfConditions(item.Options.When) is { } condition) errors["when"] = condition;
        foreach (var (field, problem) in OfOptions(item.Options)) errors[field] = problem;
        return errors;
    }

    static string? OfConditions(Comparison[] when) =>
        when.Length > MostConditions ? $"There are at most {MostConditions} conditions." : when.Select(OfComparison).FirstOrDefault(p => p is not null);

    static string? OfComparison(Comparison comparison) => comparison.Value.Length > LongestText ? "A condition compares with at most 2,000 characters." : comparison.Operator switch
    {
        "regex" => CodeCheck.Regex(comparison.Value),
        "css" => CodeCheck.Selector(comparison.Value),
        _ => Comparisons.All.Any(c => c.Key == comparison.Operator) ? null : "Choose how to compare.",
    };

    static IEnumerable<(string Field, string Problem)> OfOptions(ItemOptions options)
    {
        if (options.Limit.Length > 0 && FireLimits.All.All(l => l.Key != options.Limit)) yield return ("limit", "Choose from the list how often it fires.");
        if (options.Needs.Except(ConsentCategories.All).FirstOrDefault() is { } unknown) yield return ("needs", $"There is no consent to “{unknown}”. There is {string.Join(", ", ConsentCategories.All)}.");
        if (Math.Abs((long)options.Priority) > HighestPriority) yield return ("priority", "The priority lies between -1,000 and 1,000.");
        if (options.Delay is < 0 or > LongestDelay) yield return ("delay", string.Create(CultureInfo.InvariantCulture, $"The delay has at most {LongestDelay:N0} milliseconds."));
        if (options.From > options.Until) yield return ("until", "The end lies before the beginning.");
        if (options.Default.Length > LongestText) yield return ("default", "The default value has at most 2,000 characters.");
        if (options.Case is not ("" or "l" or "u")) yield return ("case", "The case is l for lower, u for upper, or nothing.");
    }
}
