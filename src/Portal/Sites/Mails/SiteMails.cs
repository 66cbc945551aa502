using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Mails;

/// <summary>Who gets a site's numbers by e-mail.</summary>
public sealed class SiteMails(AnalyticsDb db, ReportLetter letters, IOptions<PortalSettings> portal, TimeProvider time)
{
    const int Most = 50;

    public async Task<IReadOnlyList<ReportMail>> AllAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.ReportMails.AsNoTracking().Where(m => m.SiteId == site.Id).OrderBy(m => m.Address).ThenBy(m => m.Cadence).ToListAsync(cancel);

    /// <returns>What is wrong; null where the mails will come.</returns>
    public async Task<string?> AddAsync(AuthorizedSite site, string address, ReportCadence cadence, CancellationToken cancel)
    {
        if (await db.ReportMails.CountAsync(m => m.SiteId == site.Id, cancel) >= Most) return $"A site has at most {Most} receivers.";
        var now = time.GetUtcNow().UtcDateTime;
        db.ReportMails.Add(new ReportMail
        {
            Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, Address = address.Trim(), Cadence = cadence, Portal = portal.Value.PublicUrl.TrimEnd('/'),
            Secret = Guid.NewGuid(), CreatedAt = now,
            // The period that is over was not asked for; the first mail is about the one that runs.
            SentFor = ReportLetter.Period(cadence, new Calendar(site.TimeZone).Day(now)).First,
        });
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return "This address gets these mails already.";
        }
    }

    public Task<int> RemoveAsync(AuthorizedSite site, Guid id, CancellationToken cancel) =>
        db.ReportMails.Where(m => m.SiteId == site.Id && m.Id == id).ExecuteDeleteAsync(cancel);

    /// <summary>The mail about the last whole period, now, to one address.</summary>
    public async Task SendNowAsync(AuthorizedSite site, string address, ReportCadence cadence, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var letter = await letters.WriteAsync(site, cadence, new Calendar(site.TimeZone).Day(now), (portal.Value.Absolute($"/sites/{site.Domain}"), null), cancel);
        db.Outbox.Add(letter.To(address, now, site.TenantId));
        await db.SaveChangesAsync(cancel);
    }
}
