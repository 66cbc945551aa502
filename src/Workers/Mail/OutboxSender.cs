using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>Sends the outbox, one mail a transaction: its row is locked while it is sent, so that no other worker sends it too.</summary>
public sealed partial class OutboxSender(
    IDbContextFactory<SystemDb> databases, SmtpDelivery smtp, TimeProvider clock, ILogger<OutboxSender> log)
{
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Sends the mail that is due longest.</summary>
    /// <returns>False when none is due, or another worker has them all in hand.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Outbox.FromSql($"""
            SELECT * FROM outbox_mails WHERE sent_at IS NULL AND due_at <= {now}
            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(cancel);
        if (due.Count == 0) return false;
        await TryAsync(due[0], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    async Task TryAsync(OutboxMail mail, CancellationToken cancel)
    {
        mail.Attempts++;
        try
        {
            await smtp.SendAsync(mail, cancel);
            (mail.SentAt, mail.LastError) = (clock.GetUtcNow().UtcDateTime, null);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            mail.LastError = e.Message;
            mail.DueAt = clock.GetUtcNow().UtcDateTime + Wait(mail.Attempts);
            NotSent(log, mail.Id, mail.Attempts, e.Message);
        }
    }

    static TimeSpan Wait(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempts, 20) - 1);
        return wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(LogLevel.Warning, "Mail {Id} could not be sent, try {Attempt}: {Reason}")]
    static partial void NotSent(ILogger log, Guid id, int attempt, string reason);
}
