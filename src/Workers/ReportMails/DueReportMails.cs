using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.ReportMails;

/// <summary>Writes the mails of weeks and months that are over, at eight in the morning of the site, each once.</summary>
sealed class DueReportMails(IDbContextFactory<SystemDb> databases, ReportLetter letters, TimeProvider time)
{
    const int Morning = 8;

    public async Task WriteAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var mails = await db.ReportMails.Join(db.Sites, m => m.SiteId, s => s.Id, (mail, site) => new { mail, site }).ToListAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var pair in mails.Where(p => IsDue(p.mail, p.site, now)))
            await WriteAsync(db, pair.mail, pair.site, now, cancel);
    }

    async Task WriteAsync(SystemDb db, ReportMail mail, Site site, DateTime now, CancellationToken cancel)
    {
        if (AuthorizedSite.For(mail, site) is not { } authorized) return;
        var today = new Calendar(site.TimeZone).Day(now);
        var letter = await letters.WriteAsync(authorized, mail.Cadence, today, ($"{mail.Portal}/sites/{site.Domain}", $"{mail.Portal}/unsubscribe/{mail.Secret}"), cancel);
        // The mail and the note that it was written are one transaction: a job that dies between them would write it again.
        db.Outbox.Add(letter.To(mail.Address, now, mail.TenantId));
        mail.SentFor = ReportLetter.Period(mail.Cadence, today).First;
        await db.SaveChangesAsync(cancel);
    }

    static bool IsDue(ReportMail mail, Site site, DateTime now)
    {
        var local = new Calendar(site.TimeZone).Local(now);
        var today = DateOnly.FromDateTime(local);
        var begun = mail.Cadence == ReportCadence.Monthly ? today.Day == 1 : today.DayOfWeek == DayOfWeek.Monday;
        return (!begun || local.Hour >= Morning) && mail.SentFor != ReportLetter.Period(mail.Cadence, today).First;
    }
}
