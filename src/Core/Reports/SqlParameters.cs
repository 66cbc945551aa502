namespace SaaS.Analytics.Reports;

/// <summary>A value of a statement: travels beside the text, never in it.</summary>
public sealed record SqlParameter(string Name, string Type, object Value);

/// <summary>Collects the values while the text is made.</summary>
sealed class SqlParameters
{
    readonly List<SqlParameter> list = [];

    public IReadOnlyList<SqlParameter> All => list;

    /// <returns>What stands for the value in the text.</returns>
    public string Add(string name, string type, object value)
    {
        if (list.All(p => p.Name != name)) list.Add(new SqlParameter(name, type, value));
        return $"{{{name}:{type}}}";
    }

    public string Text(string value)
    {
        var known = list.FirstOrDefault(p => p.Type == "String" && value.Equals(p.Value) && p.Name.StartsWith('p'));
        return Add(known?.Name ?? $"p{list.Count}", "String", value);
    }

    public string Time(string name, DateTime at) =>
        $"fromUnixTimestamp64Milli({Add(name, "Int64", new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds())}, 'UTC')";
}
