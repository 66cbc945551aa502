namespace SaaS.Analytics.Mail;

/// <summary>A mail to be sent; written in the transaction that makes it necessary, sent by the workers.</summary>
public sealed class OutboxMail
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for mails of no tenant yet (confirmation of an address).</summary>
    public Guid? TenantId { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Not tried again before this.</summary>
    public required DateTime DueAt { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>The server will not take it; not tried again.</summary>
    public DateTime? FailedAt { get; set; }

    /// <summary>Address that ends such mails with one click (RFC 8058); null for mails of an account.</summary>
    public string? UnsubscribeUrl { get; init; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
}
