using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

public enum TagSave
{
    Saved,

    /// <summary>Somebody else saved it, or deleted it, since the form was filled.</summary>
    Conflict,

    /// <summary>Another one of its sort has the name.</summary>
    NameTaken,
}

/// <summary>The draft of a site that the member was let into: its tags, triggers and variables. Each change leaves a line in the log.</summary>
public sealed class TagDrafts(AnalyticsDb db, TimeProvider time)
{
    /// <returns>What is kept, or what a site without tags begins with.</returns>
    public async Task<TagContainer> ContainerAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.TagContainers.AsNoTracking().SingleOrDefaultAsync(c => c.SiteId == site.Id, cancel) ?? NewContainer(site);

    public async Task<IReadOnlyList<TagItem>> ItemsAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.TagItems.AsNoTracking().Where(i => i.SiteId == site.Id).OrderBy(i => i.Name).ThenBy(i => i.Number).ToListAsync(cancel);

    public async Task<TagItem?> FindAsync(AuthorizedSite site, ItemSort sort, int number, CancellationToken cancel) =>
        await db.TagItems.AsNoTracking().SingleOrDefaultAsync(i => i.SiteId == site.Id && i.Sort == sort && i.Number == number, cancel);

    public async Task<ContainerContent> ContentAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var container = await ContainerAsync(site, cancel);
        var items = await db.TagItems.AsNoTracking().Where(i => i.SiteId == site.Id).OrderBy(i => i.Number).ToListAsync(cancel);
        return new ContainerContent([.. items.Select(i => i.Content)], ConsentDefaults.Read(container.Consent));
    }

    /// <summary>Makes the container, with its environments, where there is none yet.</summary>
    public async Task EnsureAsync(AuthorizedSite site, CancellationToken cancel)
    {
        if (await db.TagContainers.AnyAsync(c => c.SiteId == site.Id, cancel)) return;
        var container = NewContainer(site);
        // Where the tags of all sites are stopped, those of a new one are too.
        container.Stopped = await db.TagContainers.AnyAsync(cancel) && await db.TagContainers.AllAsync(c => c.Stopped, cancel);
        db.TagContainers.Add(container);
        foreach (var (name, key) in new[] { (TagEnvironment.Live, ""), (TagEnvironment.Staging, TagEnvironment.NewKey()) })
            db.TagEnvironments.Add(new TagEnvironment { TenantId = site.TenantId, SiteId = site.Id, Name = name, Key = key });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (IsTaken(e))
        {
            // Somebody else made it at the same moment.
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>A new item; its number is in the answer.</summary>
    public async Task<(TagSave Answer, int Number)> AddAsync(AuthorizedSite site, ItemContent content, string by, CancellationToken cancel)
    {
        await EnsureAsync(site, cancel);
        var number = await NextNumbersAsync(site, 1, cancel);
        db.TagItems.Add(NewItem(site, content with { Number = number }, by));
        Log(site, by, $"Added {Word(content.Sort)} “{content.Name}”", OwnCode.Of(content));
        return (await SaveAsync(cancel), number);
    }

    /// <param name="site">Whose.</param>
    /// <param name="content">With its number.</param>
    /// <param name="seen">Version of the row that the form was made from.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<TagSave> ChangeAsync(AuthorizedSite site, ItemContent content, uint seen, string by, CancellationToken cancel)
    {
        var item = await db.TagItems.SingleOrDefaultAsync(i => i.SiteId == site.Id && i.Sort == content.Sort && i.Number == content.Number, cancel);
        if (item is null) return TagSave.Conflict;
        var before = item.Content;
        db.Entry(item).Property(i => i.Version).OriginalValue = seen;
        Write(item, content, by);
        if (content.Sort == ItemSort.Variable && before.Name != content.Name) await RenameAsync(site, before.Name, content.Name, by, cancel);
        var (was, now) = (OwnCode.Of(before), OwnCode.Of(content));
        Log(site, by, $"Changed {Word(content.Sort)} “{content.Name}”", Difference(was, now));
        return await SaveAsync(cancel);
    }

    /// <param name="site">Whose.</param>
    /// <param name="which">Sort and number.</param>
    /// <param name="seen">Version of the row that was looked at; 0 where it does not matter.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Who still needs it; none where it is gone now, unless there was a conflict.</returns>
    public async Task<(TagSave Answer, IReadOnlyList<ItemContent> Users)> DeleteAsync(AuthorizedSite site, (ItemSort Sort, int Number) which, uint seen, string by, CancellationToken cancel)
    {
        // Who begins to use it at this very moment is found by the check before publishing.
        var items = await db.TagItems.Where(i => i.SiteId == site.Id).ToListAsync(cancel);
        if (items.Find(i => i.Sort == which.Sort && i.Number == which.Number) is not { } item) return (TagSave.Saved, []);
        var users = References.UsersOf(item.Content, items.Select(i => i.Content));
        if (users.Count > 0) return (TagSave.Saved, users);
        if (seen > 0) db.Entry(item).Property(i => i.Version).OriginalValue = seen;
        db.TagItems.Remove(item);
        Log(site, by, $"Deleted {Word(which.Sort)} “{item.Name}”", OwnCode.Of(item.Content));
        return (await SaveAsync(cancel), []);
    }

    /// <param name="site">Whose.</param>
    /// <param name="change">What to set, and words for the log, which are looked at before and after.</param>
    /// <param name="seen">Version of the row that the form was made from; 0 where it does not matter.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<TagSave> SetAsync(AuthorizedSite site, ContainerChange change, uint seen, string by, CancellationToken cancel)
    {
        await EnsureAsync(site, cancel);
        var container = await db.TagContainers.SingleAsync(c => c.SiteId == site.Id, cancel);
        if (seen > 0) db.Entry(container).Property(c => c.Version).OriginalValue = seen;
        var was = change.Words(container);
        change.Apply(container);
        Log(site, by, change.What, Difference(was, change.Words(container)));
        return await SaveAsync(cancel);
    }

    /// <summary>Reserves numbers.</summary>
    /// <returns>The first of them.</returns>
    public async Task<int> NextNumbersAsync(AuthorizedSite site, int count, CancellationToken cancel)
    {
        var first = await db.Database.SqlQuery<int>(
            $"""UPDATE tag_containers SET next_number = next_number + {count} WHERE site_id = {site.Id} RETURNING next_number - {count} AS "Value" """).ToListAsync(cancel);
        return first.Single();
    }

    public TagItem NewItem(AuthorizedSite site, ItemContent content, string by)
    {
        var item = new TagItem
        {
            TenantId = site.TenantId, SiteId = site.Id, Number = content.Number, Sort = content.Sort, Kind = content.Kind, Name = content.Name,
            ChangedAt = time.GetUtcNow().UtcDateTime, ChangedBy = by,
        };
        item.Take(content);
        return item;
    }

    /// <summary>A line of the log, saved with the next change.</summary>
    public void Log(AuthorizedSite site, string by, string what, string detail = "") => db.TagChanges.Add(new TagChange
    {
        TenantId = site.TenantId, SiteId = site.Id, At = time.GetUtcNow().UtcDateTime, By = by, What = what.Length > 300 ? what[..300] : what, Detail = detail,
    });

    public async Task<TagSave> SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return TagSave.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return TagSave.Conflict;
        }
        catch (DbUpdateException e) when (IsTaken(e))
        {
            db.ChangeTracker.Clear();
            return TagSave.NameTaken;
        }
        catch (Exception e) when (e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure })
        {
            db.ChangeTracker.Clear();
            return TagSave.Conflict;
        }
    }

    void Write(TagItem item, ItemContent content, string by)
    {
        item.Take(content);
        (item.ChangedAt, item.ChangedBy) = (time.GetUtcNow().UtcDateTime, by);
    }

    async Task RenameAsync(AuthorizedSite site, string from, string to, string by, CancellationToken cancel)
    {
        foreach (var other in await db.TagItems.Where(i => i.SiteId == site.Id).ToListAsync(cancel))
            if (References.Variables(other.Content).Contains(from, StringComparer.OrdinalIgnoreCase)) Write(other, References.Renamed(other.Content, from, to), by);
    }

    static TagContainer NewContainer(AuthorizedSite site) => new()
    {
        SiteId = site.Id, TenantId = site.TenantId, Consent = new ConsentDefaults().Write(), PreviewKey = RandomNumberGenerator.GetBytes(32),
    };

    static string Difference(string was, string now) => was == now ? "" : $"Before:\n{was}\n\nAfter:\n{now}";

    static string Word(ItemSort sort) => sort.ToString().ToLowerInvariant();

    static bool IsTaken(DbUpdateException e) => e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
