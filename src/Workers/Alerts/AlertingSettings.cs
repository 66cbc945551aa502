using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>How alerts leave (section <c>Alerts</c>, environment <c>Alerts__MailsPerHour</c> …).</summary>
public sealed class AlertingSettings
{
    public const string Section = "Alerts";

    /// <summary>Alert mails that one tenant may cause in an hour; what is above is kept in the inbox and not sent.</summary>
    [Range(1, 1_000_000)] public int MailsPerHour { get; set; } = 200;

    /// <summary>Lets webhooks go to private networks and any port; for tests and intranets.</summary>
    public bool PrivateNetworks { get; set; }
}
