namespace SaaS.Analytics.Flows;

/// <summary>A site's shields, ready to be asked. Thread-safe.</summary>
public sealed class Shields(IReadOnlyList<ShieldRule> rules)
{
    readonly (ShieldRule Rule, Func<string, bool> Holds)[] tests = [.. rules.Select(r => (r, r.Condition.Compile()))];

    /// <summary>False: nobody has to find out the fact.</summary>
    public bool LookAt(string fact) => Array.Exists(tests, t => t.Rule.Fact == fact);

    /// <returns>Why the event is excluded, as the ledger has it; null where no shield holds.</returns>
    public string? Reason(string fact, string value)
    {
        foreach (var (rule, holds) in tests)
            if (rule.Fact == fact && value.Length > 0 && holds(value))
                return rule.Reason;
        return null;
    }
}
