namespace SaaS.Analytics.Tenancy;

/// <summary>Somebody who gets a site's numbers by e-mail.</summary>
public sealed class ReportMail : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required string Address { get; init; }
    public required ReportCadence Cadence { get; init; }

    /// <summary>Address of the portal when it was set up: where the links of the mail lead.</summary>
    public required string Portal { get; init; }

    /// <summary>In the link that ends it: whoever has it may.</summary>
    public required Guid Secret { get; init; }

    /// <summary>First day of the newest period that was sent; null before the first.</summary>
    public DateOnly? SentFor { get; set; }
    public required DateTime CreatedAt { get; init; }
}

public enum ReportCadence
{
    /// <summary>Monday to Sunday, sent on Monday.</summary>
    Weekly,

    /// <summary>A calendar month, sent on the first.</summary>
    Monthly,
}
