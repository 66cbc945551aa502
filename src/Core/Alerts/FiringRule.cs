namespace SaaS.Analytics.Alerts;

/// <summary>A rule and the site it is of.</summary>
public sealed record FiringRule(AlertRule Rule, AlertSettings Settings, string Domain, string SiteName, string TimeZone)
{
    public TimeSpan QuietVisitor => TimeSpan.FromHours((double)Settings.Number("quiet_visitor"));

    public TimeSpan QuietRule => TimeSpan.FromMinutes((double)Settings.Number("quiet_rule"));

    public bool IsOfVisits => AlertKinds.Find(Rule.Kind) is { IsOfVisits: true };

    public string Severity => Settings.Text("severity") is { Length: > 0 } severity ? severity : "info";
}
