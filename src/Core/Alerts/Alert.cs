using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Alerts;

/// <summary>A rule has fired. Its id is made of the rule and the visit, so that the same thing told twice is one alert.</summary>
public sealed class Alert : ITenantOwned
{
    /// <summary>The <see cref="RuleId"/> of a test.</summary>
    public static readonly Guid OfNoRule = Guid.Empty;

    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>The rule may be deleted since.</summary>
    public required Guid RuleId { get; init; }
    public required string RuleName { get; init; }
    public required string Kind { get; init; }
    public required string Severity { get; init; }

    /// <summary>A line for people; what visitors wrote in it is cut.</summary>
    public required string Title { get; init; }

    /// <summary>JSON of a <see cref="VisitAlert"/>, or of a <see cref="MetricReading"/>.</summary>
    public required string Facts { get; init; }

    /// <summary>One of <see cref="AlertStates"/>.</summary>
    public required string State { get; set; }
    public required DateTime OpenedAt { get; init; }
    public required DateTime ChangedAt { get; set; }

    /// <summary>The 64 bits of the visit's id; 0 where the rule is about a number.</summary>
    public long VisitId { get; init; }
    public long VisitorId { get; init; }

    /// <summary>Of a number: what the rule asks for has not ended yet, whatever was done with the alert.</summary>
    public bool Holds { get; set; }
}

public static class AlertStates
{
    public const string Open = "open";
    public const string Acknowledged = "acknowledged";

    /// <summary>More of the same is kept without telling anybody.</summary>
    public const string Muted = "muted";
    public const string Resolved = "resolved";

    public static readonly IReadOnlyList<string> All = [Open, Acknowledged, Muted, Resolved];
}

/// <summary>A line in an alert's history.</summary>
public sealed class AlertNote : ITenantOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid TenantId { get; init; }
    public required Guid AlertId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Who did it; empty: the product itself.</summary>
    public string By { get; init; } = "";
    public required string What { get; init; }
}

/// <summary>One alert for one receiver; written before anything is sent. The mail's Message-ID is made of its id.</summary>
public sealed class AlertDelivery : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid AlertId { get; init; }
    public required Guid TargetId { get; init; }

    /// <summary>One of <see cref="TargetKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it goes, as it was then.</summary>
    public required string Address { get; init; }

    /// <summary>Body of a webhook; empty for a mail, which is in the outbox under the delivery's id.</summary>
    public string Body { get; init; } = "";
    public required DateTime CreatedAt { get; init; }

    /// <summary>Of a webhook: not tried before this. Null when it is over, and for mails.</summary>
    public DateTime? DueAt { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>It will not be tried again by itself.</summary>
    public DateTime? FailedAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Why it was not sent, or not yet.</summary>
    public string? Reason { get; set; }
}
