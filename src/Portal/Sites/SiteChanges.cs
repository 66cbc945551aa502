using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

public enum SaveAnswer
{
    Saved,

    /// <summary>Somebody else saved since the form was filled.</summary>
    Conflict,

    /// <summary>Another site of the tenant has the domain.</summary>
    DomainTaken,
}

/// <summary>Changes and deletes a site that the member was let into.</summary>
public sealed class SiteChanges(AnalyticsDb db)
{
    public Task<Site> LoadAsync(AuthorizedSite site, CancellationToken cancel) => db.Sites.SingleAsync(s => s.Id == site.Id, cancel);

    public async Task<SaveAnswer> SaveAsync(AuthorizedSite authorized, SiteForm form, CancellationToken cancel)
    {
        var site = await LoadAsync(authorized, cancel);
        form.WriteTo(site);
        db.Entry(site).Property(s => s.Version).OriginalValue = form.Version;
        try
        {
            await db.SaveChangesAsync(cancel);
            return SaveAnswer.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var now = SiteForm.Of(await LoadAsync(authorized, cancel));
            if (now.Seen != form.Seen || now.Version == form.Version) return SaveAnswer.Conflict;
            // The row changed, its settings did not: the first event has come.
            form.Version = now.Version;
            db.ChangeTracker.Clear();
            return await SaveAsync(authorized, form, cancel);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return SaveAnswer.DomainTaken;
        }
    }

    public Task<string> IdentitySecretAsync(AuthorizedSite site, CancellationToken cancel) =>
        db.Sites.Where(s => s.Id == site.Id).Select(s => s.IdentitySecret).SingleAsync(cancel);

    /// <summary>Signatures made with the one before count no longer, within seconds.</summary>
    public Task ReplaceIdentitySecretAsync(AuthorizedSite site, CancellationToken cancel) =>
        db.Sites.Where(s => s.Id == site.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.IdentitySecret, IdentitySignature.NewSecret()), cancel);

    /// <summary>The site, its settings and its snippet are gone; sent again, nothing happens.</summary>
    public Task DeleteAsync(AuthorizedSite site, CancellationToken cancel) =>
        db.Sites.Where(s => s.Id == site.Id).ExecuteDeleteAsync(cancel);
}
