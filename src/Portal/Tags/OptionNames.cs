namespace SaaS.Analytics.Portal.Tags;

/// <summary>What people call the options of an item.</summary>
static class OptionNames
{
    static readonly Dictionary<string, string> Names = new()
    {
        ["on"] = "Fires on", ["not"] = "Stopped by", ["sticky"] = "Stopped for the whole page", ["when"] = "Conditions", ["needs"] = "Consent", ["limit"] = "Limit",
        ["priority"] = "Priority", ["delay"] = "Delay", ["from"] = "From", ["until"] = "Until", ["before"] = "Tag before", ["after"] = "Tag after", ["strict"] = "Only in sequence",
        ["default"] = "Default value", ["case"] = "Case", ["trim"] = "Trimmed", ["number"] = "As a number",
    };

    public static string Of(string key) => Names.GetValueOrDefault(key, key);
}
