using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>Where no SMTP server is configured: says once of each mail that it waits in the outbox, but never its text, which may hold a secret link.</summary>
public sealed partial class OutboxNotice(IDbContextFactory<SystemDb> databases, ILogger<OutboxNotice> log)
{
    public const string Reason = "No SMTP server is configured (Mail:Smtp).";

    /// <returns>How many mails were new.</returns>
    public async Task<int> LogNewAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var unsent = await db.Outbox.FromSql($"""
            SELECT * FROM outbox_mails WHERE sent_at IS NULL AND failed_at IS NULL AND last_error IS NULL ORDER BY created_at FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(cancel);
        foreach (var mail in unsent)
        {
            mail.LastError = Reason;
            Waits(log, mail.To, mail.Subject);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return unsent.Count;
    }

    [LoggerMessage(LogLevel.Information, "Mail to {To} stays in the outbox, no SMTP server is configured: {Subject}")]
    static partial void Waits(ILogger log, string to, string subject);
}
