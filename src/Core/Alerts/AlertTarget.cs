using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Alerts;

/// <summary>Where alerts of a tenant can be sent.</summary>
public sealed class AlertTarget : ITenantOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid TenantId { get; init; }

    /// <summary>One of <see cref="TargetKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a member: its address is looked up when a mail is written.</summary>
    public Guid? UserId { get; init; }

    /// <summary>E-mail address or URL; empty for a member.</summary>
    public string Address { get; init; } = "";

    /// <summary>Signs what is sent to a webhook; the routing key of PagerDuty.</summary>
    public string Secret { get; set; } = "";

    /// <summary>In links of confirmation and unsubscription; opens nothing else.</summary>
    public required string Token { get; init; }

    /// <summary>Null while nobody has confirmed the address.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>The receiver wants nothing more.</summary>
    public DateTime? StoppedAt { get; set; }
    public required DateTime CreatedAt { get; init; }
}

public static class TargetKinds
{
    public const string Member = "member";
    public const string Mail = "mail";
    public const string Webhook = "webhook";
    public const string Slack = "slack";
    public const string Teams = "teams";
    public const string PagerDuty = "pagerduty";

    public static bool IsMail(string kind) => kind is Member or Mail;
}
