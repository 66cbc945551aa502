using System.Globalization;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>The options of an item as people call and read them. What is not set is empty.</summary>
static class OptionWords
{
    public static IEnumerable<(string Name, string Words)> Of(ItemOptions options, ContainerContent content) =>
    [
        ("Fires on", Triggers(options.On, content)), ("Stopped by", Triggers(options.Not, content)), ("Stopped for the whole page", Yes(options.Sticky)),
        ("Conditions", string.Join('\n', options.When.Select(w => TagWords.Of(w) + (w.Fold ? ", in any case" : "")))),
        ("Consent", string.Join(", ", options.Needs)), ("Limit", FireLimits.All.FirstOrDefault(l => l.Key == (options.Limit.Length == 0 ? FireLimits.Event : options.Limit)).Name ?? options.Limit),
        ("Priority", Number(options.Priority)), ("Delay", options.Delay == 0 ? "" : Number(options.Delay) + " ms"), ("From", Moment(options.From)), ("Until", Moment(options.Until)),
        ("Tag before", Tag(options.Before, content)), ("Tag after", Tag(options.After, content)), ("Only in sequence", Yes(options.Strict)),
        ("Default value", options.Default), ("Case", options.Case switch { "l" => "lower case", "u" => "upper case", var other => other }),
        ("Trimmed", Yes(options.Trim)), ("As a number", Yes(options.Number)),
    ];

    public static string YesNo(bool flag) => flag ? "yes" : "no";

    static string Yes(bool flag) => flag ? "yes" : "";

    static string Triggers(int[] numbers, ContainerContent content) => string.Join(", ", numbers.Select(n => TagWords.TriggerName(n, content)));

    static string Tag(int? number, ContainerContent content) => number is not { } of ? "" : content.Of(ItemSort.Tag).FirstOrDefault(t => t.Number == of)?.Name ?? "a tag that is gone";

    static string Number(int number) => number == 0 ? "" : number.ToString("N0", CultureInfo.InvariantCulture);

    static string Moment(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";
}
