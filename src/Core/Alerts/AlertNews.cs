namespace SaaS.Analytics.Alerts;

/// <summary>An alert as every kind of message tells it.</summary>
/// <param name="Rule">What fired.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Url">Where it is opened.</param>
/// <param name="Facts">Names and what they are, in the order of a reader; foreign text in them is cut and broken up already.</param>
public sealed record AlertNews(FiringRule Rule, Alert Alert, string Url, IReadOnlyList<(string Name, string Value)> Facts)
{
    public string LinkWords => Alert.VisitId != 0 ? "Open the visit" : "Open the alert";
}
