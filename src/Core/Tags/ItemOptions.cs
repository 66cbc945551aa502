using System.Text.Json;
using System.Text.Json.Serialization;

namespace SaaS.Analytics.Tags;

/// <summary>What a tag, trigger or variable has beside the settings of its kind. What is not said is not stored.</summary>
public sealed record ItemOptions
{
    /// <summary>Of a tag: numbers of the triggers that fire it.</summary>
    public int[] On { get; init; } = [];

    /// <summary>Of a tag: numbers of the triggers that stop it.</summary>
    public int[] Not { get; init; } = [];

    /// <summary>A trigger that stopped the tag once stops it for the whole page view.</summary>
    public bool Sticky { get; init; }

    /// <summary>Of a tag or trigger: comparisons that must all hold.</summary>
    public Comparison[] When { get; init; } = [];

    /// <summary>Of a tag: consent categories that must all be granted.</summary>
    public string[] Needs { get; init; } = [];

    /// <summary>Of a tag: one of <see cref="FireLimits"/>.</summary>
    public string Limit { get; init; } = "";

    /// <summary>Higher ones fire first.</summary>
    public int Priority { get; init; }

    /// <summary>Milliseconds between trigger and tag.</summary>
    public int Delay { get; init; }

    /// <summary>UTC; the tag fires in between only.</summary>
    public DateTime? From { get; init; }
    public DateTime? Until { get; init; }

    /// <summary>Numbers of tags that run before and after this one.</summary>
    public int? Before { get; init; }
    public int? After { get; init; }

    /// <summary>A tag whose <see cref="Before"/> fails does not fire, nor <see cref="After"/> where it fails itself.</summary>
    public bool Strict { get; init; }

    /// <summary>Of a variable: given where it has no value.</summary>
    public string Default { get; init; } = "";

    /// <summary>Of a variable: l(ower), u(pper) or nothing.</summary>
    public string Case { get; init; } = "";
    public bool Trim { get; init; }
    public bool Number { get; init; }

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static ItemOptions Read(string json) => JsonSerializer.Deserialize<ItemOptions>(json, Json) ?? new();

    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <param name="Variable">Name of a variable.</param>
/// <param name="Operator">One of <see cref="Comparisons"/>.</param>
/// <param name="Value">May hold variables.</param>
/// <param name="Not">It must not hold.</param>
/// <param name="Fold">Upper and lower case are the same.</param>
public sealed record Comparison(string Variable, string Operator, string Value, bool Not = false, bool Fold = false);

/// <summary>The comparisons that conditions are made of.</summary>
public static class Comparisons
{
    public static readonly IReadOnlyList<(string Key, string Name)> All =
    [
        ("equals", "is"), ("contains", "contains"), ("starts", "starts with"), ("ends", "ends with"), ("regex", "matches the expression"),
        ("css", "matches the selector"), ("lt", "is less than"), ("le", "is at most"), ("gt", "is more than"), ("ge", "is at least"),
    ];
}

/// <summary>How often a tag may fire.</summary>
public static class FireLimits
{
    public const string Unlimited = "unlimited";
    public const string Event = "event";
    public const string Page = "page";

    public static readonly IReadOnlyList<(string Key, string Name)> All =
    [
        (Event, "once per event"), (Page, "once per page"), (Unlimited, "for each trigger that holds"), ("day", "once in 24 hours"), ("ever", "once in a lifetime"),
    ];
}

/// <summary>What visitors consent to.</summary>
public static class ConsentCategories
{
    public static readonly IReadOnlyList<string> All = ["analytics", "ads", "personalization"];
}
