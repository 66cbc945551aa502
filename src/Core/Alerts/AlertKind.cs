namespace SaaS.Analytics.Alerts;

/// <summary>One kind of rule.</summary>
/// <param name="Key">Stored with the rule.</param>
/// <param name="Name">What people read.</param>
/// <param name="About">A sentence about it.</param>
/// <param name="Fields">Its settings, in the order of the form.</param>
public sealed record AlertKind(string Key, string Name, string About, IReadOnlyList<AlertField> Fields)
{
    /// <summary>What must hold between several settings; key and sentence of what does not.</summary>
    public Func<AlertSettings, (string Key, string Error)?> Check { get; init; } = _ => null;

    /// <summary>Fires for a visit; otherwise for a number, which is looked at again and again.</summary>
    public bool IsOfVisits { get; init; } = true;

    public AlertSettings Defaults() => AlertSettings.Of(this, key => Fields.First(f => f.Key == key).Default);

    /// <returns>Key and sentence of everything that is wrong.</returns>
    public IReadOnlyList<(string Key, string Error)> Errors(AlertSettings settings)
    {
        var errors = Fields.Select(f => (f.Key, Error: f.Error(settings.Text(f.Key)))).Where(e => e.Error is not null).Select(e => (e.Key, e.Error!)).ToList();
        if (errors.Count == 0 && Check(settings) is { } wrong) errors.Add(wrong);
        return errors;
    }
}
