namespace SaaS.Analytics.Tags;

public enum ItemSort
{
    Tag,
    Trigger,
    Variable,
}

/// <summary>A tag template, a kind of trigger or a kind of variable.</summary>
/// <param name="Key">Name in stored JSON and in the runtime; never changes.</param>
/// <param name="Name">What people read.</param>
/// <param name="Group">Heading in the gallery.</param>
/// <param name="About">What it does, one sentence.</param>
/// <param name="Settings">Record whose properties are its settings.</param>
public sealed record ItemKind(string Key, string Name, string Group, string About, Type Settings)
{
    public IReadOnlyList<SettingField> Fields { get; } = SettingField.Of(Settings);

    /// <summary>Consent that its tags ask for when they are new.</summary>
    public string[] Needs { get; init; } = [];

    /// <summary>Its script comes from an address that is a setting.</summary>
    public bool OwnServer { get; init; }

    /// <summary>It may run code of the customer's own on the site, and so needs the permission to.</summary>
    public bool RunsCode => OwnServer || Fields.Any(f => f.Input is FieldInput.Code or FieldInput.Html);

    public static ItemKind Of<T>(string key, string name, string group, string about) => new(key, name, group, about, typeof(T));
}
