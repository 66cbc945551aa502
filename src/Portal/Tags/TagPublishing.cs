using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>What became of a publication: the number of the version, or what is in its way.</summary>
public sealed record Publication(int? Version, IReadOnlyList<string> Problems)
{
    /// <summary>The draft was the newest version already, which keeps its name and note.</summary>
    public bool IsNewest { get; init; }
}

/// <param name="By">E-mail address, for the log.</param>
/// <param name="MayRunCode">May put code of the customer's own on the site.</param>
public sealed record Publisher(string By, bool MayRunCode);

/// <param name="Name">Of the version.</param>
/// <param name="Note">Of the version.</param>
/// <param name="Seen"><see cref="TagPublishing.Mark"/> of the draft whose changes were looked at; null: whatever it holds now.</param>
public sealed record DraftToPublish(string Name, string Note, string? Seen = null);

/// <summary>Versions and environments. A publication is one transaction: version, environment and log, and with its end every collector is told.</summary>
public sealed class TagPublishing(AnalyticsDb db, TagDrafts drafts, TimeProvider time)
{
    public async Task<IReadOnlyList<TagVersion>> VersionsAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.TagVersions.AsNoTracking().Where(v => v.SiteId == site.Id).OrderByDescending(v => v.Number).ToListAsync(cancel);

    public async Task<TagVersion?> VersionAsync(AuthorizedSite site, int number, CancellationToken cancel) =>
        await db.TagVersions.AsNoTracking().SingleOrDefaultAsync(v => v.SiteId == site.Id && v.Number == number, cancel);

    /// <returns>Null where there is no such version.</returns>
    public async Task<ContainerContent?> ContentAsync(AuthorizedSite site, int? number, CancellationToken cancel) =>
        number is { } of && await VersionAsync(site, of, cancel) is { } version ? ContainerContent.Read(version.Content) : null;

    public async Task<IReadOnlyList<TagEnvironment>> EnvironmentsAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var all = await db.TagEnvironments.AsNoTracking().Where(e => e.SiteId == site.Id).ToListAsync(cancel);
        return [.. all.OrderBy(e => e.Name == TagEnvironment.Live ? 0 : e.Name == TagEnvironment.Staging ? 1 : 2).ThenBy(e => e.Name)];
    }

    /// <summary>Short and equal for equal contents.</summary>
    public static string Mark(ContainerContent content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.Write())))[..32];

    /// <summary>Makes a version of the draft, unless the newest one is the same, and publishes it.</summary>
    public async Task<Publication> PublishDraftAsync(AuthorizedSite site, string environment, DraftToPublish draft, Publisher who, CancellationToken cancel)
    {
        await drafts.EnsureAsync(site, cancel);
        await using var whole = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var content = await drafts.ContentAsync(site, cancel);
        if (draft.Seen is not null && draft.Seen != Mark(content)) return new(null, ["The draft has changed since you looked at this list. Look at it again, and publish then."]);
        if (ContentCheck.Problems(content) is { Count: > 0 } problems) return new(null, problems);
        var (number, isNew) = await VersionOfAsync(site, content, draft, who, cancel);
        if (await PointAsync(site, environment, (number, content), who, cancel) is { } problem) return new(null, [problem]);
        if (await drafts.SaveAsync(cancel) != TagSave.Saved) return new(null, [Overtaken]);
        await whole.CommitAsync(cancel);
        return new(number, []) { IsNewest = !isNew };
    }

    /// <summary>Publishes a version that is there: also the way back to an older one.</summary>
    public async Task<Publication> PublishVersionAsync(AuthorizedSite site, string environment, int number, Publisher who, CancellationToken cancel)
    {
        if (await VersionAsync(site, number, cancel) is not { } version) return new(null, ["There is no such version."]);
        if (await PointAsync(site, environment, (number, ContainerContent.Read(version.Content)), who, cancel) is { } problem) return new(null, [problem]);
        return await drafts.SaveAsync(cancel) == TagSave.Saved ? new(number, []) : new(null, [Overtaken]);
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

    const string Overtaken = "Somebody else published at the same moment. Look at the versions, and try again.";

    async Task<(int Number, bool IsNew)> VersionOfAsync(AuthorizedSite site, ContainerContent content, DraftToPublish draft, Publisher who, CancellationToken cancel)
    {
        var newest = await db.TagVersions.AsNoTracking().Where(v => v.SiteId == site.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancel);
        if (newest is not null && Same(newest.Content, content.Write())) return (newest.Number, false);
        var version = new TagVersion
        {
            TenantId = site.TenantId, SiteId = site.Id, Number = (newest?.Number ?? 0) + 1, Name = draft.Name, Note = draft.Note, Author = who.By, Content = content.Write(),
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        db.TagVersions.Add(version);
        return (version.Number, true);
    }

    /// <returns>What is in the way; null where the next save publishes it.</returns>
    async Task<string?> PointAsync(AuthorizedSite site, string environment, (int Number, ContainerContent Content) version, Publisher who, CancellationToken cancel)
    {
        if (await db.TagEnvironments.SingleOrDefaultAsync(e => e.SiteId == site.Id && e.Name == environment, cancel) is not { } to) return "This environment is gone. Choose another one.";
        var before = to.Published;
        if (!who.MayRunCode && OwnCode.Added(await ContentAsync(site, before, cancel), version.Content, environment) is { } code) return code;
        (to.Published, to.PublishedAt, to.PublishedBy) = (version.Number, time.GetUtcNow().UtcDateTime, who.By);
        to.Release++;
        drafts.Log(site, who.By, $"Published version {version.Number} to {environment}{(before is null ? "" : $", which had version {before}")}");
        return null;
    }

    static bool Same(string stored, string json) => JsonNode.DeepEquals(JsonNode.Parse(stored), JsonNode.Parse(json));
}
