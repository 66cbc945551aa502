using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>
/// Versions as they are delivered, from memory, from disk or from PostgreSQL. A version never changes, so what was read once
/// holds; which one is delivered is in the site list.
/// </summary>
sealed class PublishedTags(VersionReader reader, VersionFiles files, ILogger<PublishedTags> log)
{
    const int Most = 1000;
    readonly ConcurrentDictionary<(int, int), ContainerContent> memory = new();

    /// <returns>Null where the version cannot be had at the moment.</returns>
    public async ValueTask<ContainerContent?> FindAsync(int siteId, int number, CancellationToken cancel)
    {
        if (memory.TryGetValue((siteId, number), out var known)) return known;
        try
        {
            var json = files.Read(siteId, number) ?? await FetchAsync(siteId, number, cancel);
            if (json is null) return null;
            if (memory.Count >= Most) memory.Clear();
            return memory[(siteId, number)] = ContainerContent.Read(json);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Version {Version} of site {Site}'s tags cannot be read.", number, siteId);
            return null;
        }
    }

    async Task<string?> FetchAsync(int siteId, int number, CancellationToken cancel)
    {
        var json = await reader.VersionAsync(siteId, number, cancel);
        if (json is not null) files.Write(siteId, number, json);
        return json;
    }
}
