using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A site of a tenant of its own, with a key that reads its reports.</summary>
sealed record FaultSite(int Id, string TrackingId, string Domain, string ApiKey)
{
    public static async Task<FaultSite> CreateAsync(FaultStack stack)
    {
        await using var db = stack.SystemDatabase();
        var tenant = new Tenant { Name = "T", CreatedAt = DateTime.UtcNow };
        var site = new Site
        {
            TenantId = tenant.Id, TrackingId = Tenancy.TrackingId.New(), Domain = $"{Guid.NewGuid():n}.example", Name = "S", TimeZone = "UTC",
            CreatedAt = DateTime.UtcNow.AddDays(-10),
        };
        var key = ApiKeyText.New();
        db.AddRange(tenant, site, new ApiKey
        {
            TenantId = tenant.Id, Name = "K", Prefix = ApiKeyText.Shown(key), Hash = ApiKeyText.Hash(key), Scopes = [ApiScopes.StatsRead],
            CreatedAt = DateTime.UtcNow,
        });
        await db.SaveChangesAsync();
        return new FaultSite(site.Id, site.TrackingId, site.Domain, key);
    }

    public int Partition => Partitions.Of(Id, FaultStack.Partitions);

    /// <param name="stack">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="where">Which partitions they may be of; null: any.</param>
    public static async Task<IReadOnlyList<FaultSite>> SeveralAsync(FaultStack stack, int count, Func<int, bool>? where = null)
    {
        var sites = new List<FaultSite>();
        while (sites.Count < count)
            if (await CreateAsync(stack) is var site && where?.Invoke(site.Partition) != false) sites.Add(site);
        foreach (var site in sites) await site.KnownAsync(stack.CollectorUrl);
        return sites;
    }

    /// <summary>Until the collector has heard of it.</summary>
    public Task KnownAsync(Uri collector) => Wait.UntilAsync($"the collector knows {TrackingId}", async () =>
    {
        using var http = new HttpClient();
        return (await http.GetAsync(new Uri(collector, $"/js/{TrackingId}.js"))).IsSuccessStatusCode;
    });
}
