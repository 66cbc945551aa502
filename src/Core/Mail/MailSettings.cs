using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Mail;

/// <summary>How mails leave (section <c>Mail</c>, environment <c>Mail__Smtp</c>, <c>Mail__From</c>).</summary>
public sealed class MailSettings
{
    public const string Section = "Mail";

    /// <summary><c>smtp://user:password@host:port</c> or <c>smtps://…</c>; empty: mails stay in the outbox and are logged.</summary>
    public string Smtp { get; set; } = "";

    /// <summary>Address of the sender.</summary>
    [Required] public string From { get; set; } = "analytics@localhost";
}
