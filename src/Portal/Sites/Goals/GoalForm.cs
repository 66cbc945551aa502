using System.ComponentModel.DataAnnotations;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Goals;

/// <summary>A goal as a form: what is shown, checked and stored.</summary>
public sealed class GoalForm : IValidatableObject
{
    public static readonly IReadOnlyDictionary<GoalKind, string> Kinds = new Dictionary<GoalKind, string>
    {
        [GoalKind.Page] = "A page is seen", [GoalKind.Event] = "An event happens", [GoalKind.Scroll] = "A page is read down to",
    };

    [StringLength(120, ErrorMessage = "The name has at most 120 characters.")]
    public string? Name { get; set; }
    public GoalKind Kind { get; set; }

    [Required(ErrorMessage = "Enter a page like /thanks or an event like Signup."), StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string? Target { get; set; }
    [Range(5, 100, ErrorMessage = "Enter 5 to 100 per cent.")] public int ScrollDepth { get; set; } = 75;

    [StringLength(300, ErrorMessage = "A property has at most 300 characters.")] public string? PropertyKey { get; set; }
    [StringLength(500, ErrorMessage = "A value has at most 500 characters.")] public string? PropertyValue { get; set; }
    public string? Currency { get; set; }
    public Guid? Id { get; set; }
    public uint Version { get; set; }

    public static GoalForm Of(Goal goal) => new()
    {
        Id = goal.Id, Name = goal.Name, Kind = goal.Kind, Target = goal.Target, ScrollDepth = goal.Kind == GoalKind.Scroll ? goal.ScrollDepth : 75,
        PropertyKey = goal.PropertyKey, PropertyValue = goal.PropertyValue, Currency = goal.Currency, Version = goal.Version,
    };

    public void WriteTo(Goal goal)
    {
        goal.Kind = Kind;
        goal.Target = Target!.Trim();
        goal.ScrollDepth = Kind == GoalKind.Scroll ? (int)Math.Ceiling(ScrollDepth / 5.0) * 5 : 0;
        goal.PropertyKey = (PropertyKey ?? "").Trim();
        goal.PropertyValue = goal.PropertyKey.Length == 0 ? "" : (PropertyValue ?? "").Trim();
        goal.Currency = Kind == GoalKind.Event ? (Currency ?? "").Trim().ToUpperInvariant() : "";
        goal.Name = string.IsNullOrWhiteSpace(Name) ? DefaultName(goal) : Name.Trim();
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var target = Target?.Trim() ?? "";
        if (Kind != GoalKind.Event && !target.StartsWith('/') && !target.StartsWith('*'))
            yield return new("A page begins with a slash, like /thanks or /blog/**.", [nameof(Target)]);
        if (string.IsNullOrWhiteSpace(PropertyKey) && !string.IsNullOrWhiteSpace(PropertyValue))
            yield return new("Name the property that must have this value.", [nameof(PropertyKey)]);
        if (Kind == GoalKind.Event && Currency?.Trim() is { Length: > 0 } currency && !(currency.Length == 3 && currency.All(char.IsAsciiLetter)))
            yield return new("Enter a currency by its three letters, like EUR.", [nameof(Currency)]);
    }

    static string DefaultName(Goal goal)
    {
        var name = goal.Kind switch
        {
            GoalKind.Event => goal.Target,
            GoalKind.Scroll => $"Read {goal.ScrollDepth}% of {goal.Target}",
            _ => $"Visit {goal.Target}",
        };
        return name.Length <= 120 ? name : name[..120];
    }
}
