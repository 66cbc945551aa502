using System.Reflection;
using System.Text.Json;

namespace SaaS.Analytics.Tags;

/// <summary>One setting of a kind, as read from its record's property.</summary>
public sealed record SettingField(string Key, FieldAttribute Field)
{
    public string Label => Field.Label;
    public FieldInput Input => Field.Input;

    /// <summary>Key and wording of each choice.</summary>
    public IEnumerable<(string Key, string Name)> Choices =>
        Field.Choices.Select(c => c.Split('=', 2)).Select(c => (c[0], c[^1]));

    /// <summary>The settings of a record, in the order in which it declares them.</summary>
    public static IReadOnlyList<SettingField> Of(Type record) =>
    [
        .. from property in record.GetProperties()
           let field = property.GetCustomAttribute<FieldAttribute>()
           where field is not null
           select new SettingField(JsonNamingPolicy.CamelCase.ConvertName(property.Name), field),
    ];
}
