using System.ComponentModel.DataAnnotations;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Pipeline.Enrichment;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>A channel rule as people type it: one condition, or two that must both hold.</summary>
public sealed class ChannelForm
{
    public const int MaxValue = 200;

    [Required(ErrorMessage = "Name the channel."), StringLength(60, ErrorMessage = "The name has at most 60 characters.")]
    public string Channel { get; set; } = "";

    public string Fact { get; set; } = "source";
    public string Operator { get; set; } = "is";

    [Required(ErrorMessage = "Say what the visit must have."), StringLength(MaxValue, ErrorMessage = "At most 200 characters.")]
    public string Value { get; set; } = "";

    public string AndFact { get; set; } = "medium";
    public string AndOperator { get; set; } = "is";

    [StringLength(MaxValue, ErrorMessage = "At most 200 characters.")]
    public string? AndValue { get; set; }

    /// <returns>The rule, or what is wrong with it.</returns>
    public (ChannelRule? Rule, string? Error) ToRule()
    {
        Condition[] all = string.IsNullOrWhiteSpace(AndValue)
            ? [Condition(Fact, Operator, Value)]
            : [Condition(Fact, Operator, Value), Condition(AndFact, AndOperator, AndValue)];
        var rule = new ChannelRule(Channel.Trim(), [all]);
        try
        {
            _ = new ChannelRules([rule]);
            return (rule, null);
        }
        catch (InvalidDataException)
        {
            return (null, "Choose what the rule looks at, and how.");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return (null, "This regular expression cannot be used. Look-arounds and back references are not supported.");
        }
    }

    /// <summary>Facts are in lower case: so are values, but not expressions, in which \S is not \s.</summary>
    static Condition Condition(string fact, string @operator, string value) => @operator switch
    {
        "is" => new(fact, Is: [.. value.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]),
        "like" => new(fact, Like: value.Trim().ToLowerInvariant()),
        "matches" => new(fact, Matches: value.Trim()),
        _ => new(fact),
    };
}
