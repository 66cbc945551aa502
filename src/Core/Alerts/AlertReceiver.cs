namespace SaaS.Analytics.Alerts;

/// <summary>Somebody who is told, and where.</summary>
public sealed record AlertReceiver(AlertTarget Target, string Address);
