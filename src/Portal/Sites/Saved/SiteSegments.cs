using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Saved;

/// <summary>Filters under a name: the member's own and those that are shared. They are kept in the grammar of the query API.</summary>
sealed class SiteSegments(AnalyticsDb db, CurrentMember current, TimeProvider time)
{
    const int Most = 200;
    const int LongestName = 120;

    public async Task<IReadOnlyList<Segment>> AllAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var me = current.Member.UserId;
        return await db.Segments.AsNoTracking().Where(s => s.SiteId == site.Id && (s.OwnerId == null || s.OwnerId == me)).OrderBy(s => s.Name).ToListAsync(cancel);
    }

    /// <returns>What is wrong; null where it is saved.</returns>
    public async Task<string?> AddAsync(AuthorizedSite site, string? name, IReadOnlyList<FilterChip> filters, bool shared, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName) return $"Give the segment a name of at most {LongestName} characters.";
        if (filters.Count == 0) return "Choose at least one filter first: a segment is filters under a name.";
        if (filters.Any(f => f.Match.Dimension.Key == FilterChip.GoalKey)) return "A segment cannot name a goal. Take that filter away first.";
        if (await db.Segments.CountAsync(s => s.SiteId == site.Id, cancel) >= Most) return $"A site has at most {Most} segments. Remove one that is not needed.";
        db.Segments.Add(new Segment
        {
            TenantId = site.TenantId, SiteId = site.Id, Name = name.Trim(), Filters = Json(filters),
            OwnerId = shared ? null : current.Member.UserId, CreatedAt = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>One's own or a shared one.</summary>
    public Task<int> RemoveAsync(AuthorizedSite site, int id, CancellationToken cancel)
    {
        var me = current.Member.UserId;
        return db.Segments.Where(s => s.SiteId == site.Id && s.Id == id && (s.OwnerId == null || s.OwnerId == me)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The filters as chips; those that an API client saved and no chip can show are left out.</summary>
    public static IReadOnlyList<FilterChip> Chips(Segment segment)
    {
        using var json = JsonDocument.Parse(segment.Filters);
        return [.. json.RootElement.EnumerateArray().Select(Chip).OfType<FilterChip>()];
    }

    static FilterChip? Chip(JsonElement filter) =>
        filter.ValueKind == JsonValueKind.Array && filter.GetArrayLength() >= 3 && filter[0].ValueKind == JsonValueKind.String && filter[1].ValueKind == JsonValueKind.String
            && filter[2].ValueKind == JsonValueKind.Array && filter[2].GetArrayLength() == 1 && filter[2][0].ValueKind == JsonValueKind.String
            ? FilterChip.Parse($"{filter[0].GetString()},{filter[1].GetString()},{filter[2][0].GetString()}") : null;

    static string Json(IReadOnlyList<FilterChip> filters) => new JsonArray([.. filters.Select(f => (JsonNode)Filter(f))]).ToJsonString();

    static JsonArray Filter(FilterChip chip)
    {
        var filter = new JsonArray(FilterOperators.Name(chip.Match), chip.Match.Dimension.Key, new JsonArray(chip.Match.Values[0]));
        if (!chip.Match.CaseSensitive) filter.Add(new JsonObject { ["case_sensitive"] = false });
        return filter;
    }
}
