using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>What became of a publication: the number of the version, or what is in its way.</summary>
public sealed record Publication(int? Version, IReadOnlyList<string> Problems);

/// <summary>Versions and environments. A publication is one transaction: version, environment and log, and with its end every collector is told.</summary>
public sealed class TagPublishing(AnalyticsDb db, TagDrafts drafts, TimeProvider time)
{
    public async Task<IReadOnlyList<TagVersion>> VersionsAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.TagVersions.AsNoTracking().Where(v => v.SiteId == site.Id).OrderByDescending(v => v.Number).ToListAsync(cancel);

    public async Task<TagVersion?> VersionAsync(AuthorizedSite site, int number, CancellationToken cancel) =>
        await db.TagVersions.AsNoTracking().SingleOrDefaultAsync(v => v.SiteId == site.Id && v.Number == number, cancel);

    public async Task<IReadOnlyList<TagEnvironment>> EnvironmentsAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var all = await db.TagEnvironments.AsNoTracking().Where(e => e.SiteId == site.Id).ToListAsync(cancel);
        return [.. all.OrderBy(e => e.Name == TagEnvironment.Live ? 0 : e.Name == TagEnvironment.Staging ? 1 : 2).ThenBy(e => e.Name)];
    }

    /// <summary>Makes a version of the draft, unless the newest one is the same, and publishes it.</summary>
    public async Task<Publication> PublishDraftAsync(AuthorizedSite site, string environment, string name, string note, string by, CancellationToken cancel)
    {
        await drafts.EnsureAsync(site, cancel);
        await using var whole = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var content = await drafts.ContentAsync(site, cancel);
        if (ContentCheck.Problems(content) is { Count: > 0 } problems) return new(null, problems);
        var newest = await db.TagVersions.AsNoTracking().Where(v => v.SiteId == site.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancel);
        var number = newest is not null && Same(newest.Content, content.Write()) ? newest.Number : (newest?.Number ?? 0) + 1;
        if (number != newest?.Number)
            db.TagVersions.Add(new TagVersion
            {
                TenantId = site.TenantId, SiteId = site.Id, Number = number, Name = name, Note = note, Author = by, Content = content.Write(),
                CreatedAt = time.GetUtcNow().UtcDateTime,
            });
        if (!await PointAsync(site, environment, number, by, cancel)) return new(null, ["This environment is gone. Choose another one."]);
        if (await drafts.SaveAsync(cancel) != TagSave.Saved) return new(null, ["Somebody else published at the same moment. Look at the versions, and try again."]);
        await whole.CommitAsync(cancel);
        return new(number, []);
    }

    /// <summary>Publishes a version that is there: also the way back to an older one.</summary>
    public async Task<Publication> PublishVersionAsync(AuthorizedSite site, string environment, int number, string by, CancellationToken cancel)
    {
        if (!await db.TagVersions.AnyAsync(v => v.SiteId == site.Id && v.Number == number, cancel)) return new(null, ["There is no such version."]);
        if (!await PointAsync(site, environment, number, by, cancel)) return new(null, ["This environment is gone. Choose another one."]);
        return await drafts.SaveAsync(cancel) == TagSave.Saved
            ? new(number, []) : new(null, ["Somebody else published at the same moment. Look at the versions, and try again."]);
    }

    /// <returns>What is wrong; null where the environment is there now.</returns>
    public async Task<string?> AddEnvironmentAsync(AuthorizedSite site, string name, string by, CancellationToken cancel)
    {
        await drafts.EnsureAsync(site, cancel);
        if (await db.TagEnvironments.CountAsync(e => e.SiteId == site.Id, cancel) >= 10) return "A site has at most 10 environments.";
        db.TagEnvironments.Add(new TagEnvironment { TenantId = site.TenantId, SiteId = site.Id, Name = name, Key = TagEnvironment.NewKey() });
        drafts.Log(site, by, $"Added the environment “{name}”");
        return await drafts.SaveAsync(cancel) == TagSave.Saved ? null : "There is an environment with this name.";
    }

    public async Task RemoveEnvironmentAsync(AuthorizedSite site, string name, string by, CancellationToken cancel)
    {
        if (name is TagEnvironment.Live or TagEnvironment.Staging) return;
        if (await db.TagEnvironments.SingleOrDefaultAsync(e => e.SiteId == site.Id && e.Name == name, cancel) is not { } environment) return;
        db.TagEnvironments.Remove(environment);
        drafts.Log(site, by, $"Removed the environment “{name}”");
        await drafts.SaveAsync(cancel);
    }

    async Task<bool> PointAsync(AuthorizedSite site, string environment, int number, string by, CancellationToken cancel)
    {
        if (await db.TagEnvironments.SingleOrDefaultAsync(e => e.SiteId == site.Id && e.Name == environment, cancel) is not { } to) return false;
        var before = to.Published;
        (to.Published, to.PublishedAt, to.PublishedBy) = (number, time.GetUtcNow().UtcDateTime, by);
        to.Release++;
        drafts.Log(site, by, $"Published version {number} to {environment}{(before is null ? "" : $", which had version {before}")}");
        return true;
    }

    static bool Same(string stored, string json) => JsonNode.DeepEquals(JsonNode.Parse(stored), JsonNode.Parse(json));
}
