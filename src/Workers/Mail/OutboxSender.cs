using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>
/// Sends the outbox, one mail a transaction: its row is locked while it is sent, so that no other worker sends it too. New
/// mails go first, and one address is never written to twice at once: a receiver whose server hangs delays nobody else.
/// </summary>
public sealed partial class OutboxSender(
    IDbContextFactory<SystemDb> databases, SmtpDelivery smtp, TimeProvider clock, ILogger<OutboxSender> log)
{
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);

    readonly ConcurrentDictionary<string, bool> underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends a mail that is due.</summary>
    /// <param name="onlyNew">One that was never tried.</param>
    /// <param name="cancel">Lets go of it, unless the server has accepted its receiver: then it is finished and written down.</param>
    /// <returns>False when none is due, or others have them all in hand.</returns>
    public async Task<bool> SendNextAsync(bool onlyNew, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        string[] busy = [.. underWay.Keys];
        var due = await db.Outbox.FromSql($"""
            SELECT * FROM outbox_mails WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= {now} AND "to" <> ALL({busy}) AND (attempts = 0 OR NOT {onlyNew})
            ORDER BY attempts, due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(cancel);
        if (due.Count == 0) return false;
        if (!underWay.TryAdd(due[0].To, true)) return true;
        try
        {
            await TryAsync(due[0], cancel);
            // A stop between the server's 250 and this would send the mail once more.
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            underWay.TryRemove(due[0].To, out _);
        }
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
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            (mail.LastError, mail.DueAt) = (StoredText.Of(e.Message, 500), now + Wait(mail.Attempts));
            if (IsFinal(e) || now - mail.CreatedAt > GivenUpAfter) mail.FailedAt = now;
            NotSent(log, mail.Id, mail.Attempts, e.Message);
        }
    }

    /// <summary>The server knows the receiver and will never take the mail (5xx).</summary>
    static bool IsFinal(Exception error) =>
        error is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted, StatusCode: var status } && (int)status >= 500;

    static TimeSpan Wait(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempts, 20) - 1);
        return wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(LogLevel.Warning, "Mail {Id} could not be sent, try {Attempt}: {Reason}")]
    static partial void NotSent(ILogger log, Guid id, int attempt, string reason);
}
