using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>A rule's form: the fields of its kind, what was typed, and what is wrong with it.</summary>
sealed record AlertRuleForm(AlertKind Kind, string Name, AlertSettings Settings, IReadOnlyDictionary<string, string> Errors)
{
    public const int MaxName = 120;

    /// <summary>It is not what a new rule has, or is wrong: not to be folded away.</summary>
    public bool IsSet(AlertField field) => Settings.Text(field.Key) != field.Default || Errors.ContainsKey(field.Key);

    /// <summary>Of what was posted; a flag that is off is not in it.</summary>
    public static AlertRuleForm Of(AlertKind kind, IFormCollection posted)
    {
        var name = posted["name"].ToString().Trim();
        var settings = AlertSettings.Of(kind, key => posted[key].ToString());
        var errors = kind.Errors(settings).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.First().Error);
        if (name.Length is 0 or > MaxName) errors["name"] = $"Name the rule, in at most {MaxName} characters.";
        return new AlertRuleForm(kind, name, settings, errors);
    }
}
