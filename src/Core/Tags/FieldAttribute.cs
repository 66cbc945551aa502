namespace SaaS.Analytics.Tags;

/// <summary>
/// Makes a property of a template, trigger or variable a setting: the field in the form, the check on the server and the key in
/// the stored JSON are all this property. Texts may hold variables as <c>{{Name}}</c> unless the field is <see cref="Plain"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string label) : Attribute
{
    public string Label => label;
    public string? Hint { get; init; }
    public string? Placeholder { get; init; }
    public FieldInput Input { get; init; } = FieldInput.Line;
    public bool Required { get; init; }

    /// <summary>What a text without variables must look like; <see cref="Advice"/> says it to people.</summary>
    public string? Pattern { get; init; }
    public string? Advice { get; init; }

    /// <summary>Choices as <c>key=What people read</c>, the first one being the default.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>Longest text, characters; of rows: most rows.</summary>
    public int Max { get; init; } = 500;

    /// <summary>Variables are not read in it.</summary>
    public bool Plain { get; init; }

    /// <summary>Heads of the two columns of rows.</summary>
    public string[] Columns { get; init; } = ["Name", "Value"];
}

public enum FieldInput
{
    Line,
    Area,

    /// <summary>HTML of the customer's own, in which each variable is escaped where it stands.</summary>
    Html,

    /// <summary>JavaScript of the customer's own.</summary>
    Code,
    Number,
    Check,
    Choice,

    /// <summary>Pairs, <see cref="Row"/>.</summary>
    Rows,

    /// <summary>Numbers of triggers.</summary>
    Triggers,
    Selector,
}

/// <summary>A pair in a setting.</summary>
public sealed record Row(string K, string V);
