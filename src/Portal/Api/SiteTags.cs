using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary>A request of a key about one site's tags, in the key's tenant: a cookie in the same request plays no part.</summary>
sealed record SiteTags(HttpContext Context, AuthorizedSite Site, TagDrafts Drafts, TagPublishing Publishing, string By)
{
    const int LongestBody = 256 * 1024;
    const int MostItems = 200;
    const int UsualItems = 50;

    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>Nobody confirms code here, so that none is published that is not there already.</summary>
    public Publisher Publisher => new(By, MayRunCode: false);

    /// <summary>Version in If-Match; null where there is none that could be ours.</summary>
    public uint? Seen => uint.TryParse(Context.Request.Headers.IfMatch.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;

    public static async Task<IResult> RunAsync(HttpContext context, string siteId, Func<SiteTags, Task<IResult>> answerAsync)
    {
        var sites = context.RequestServices.GetRequiredService<KeyedSites>();
        var (key, refused) = await sites.AdmitAsync(context, ApiScopes.SitesAdmin);
        if (key is null) return refused!;
        if (await sites.FindAsync(key, siteId, context.RequestAborted, ApiScopes.SitesAdmin) is not { } site)
            return ApiProblem.Of(404, "site", "Name one of the key's sites by its domain or its tracking id.");
        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(key.TenantId);
        var (drafts, publishing) = (scope.ServiceProvider.GetRequiredService<TagDrafts>(), scope.ServiceProvider.GetRequiredService<TagPublishing>());
        return await answerAsync(new SiteTags(context, site, drafts, publishing, $"API key “{key.Name}”"));
    }

    /// <summary>What comes after the number in <c>after</c>, at most <c>limit</c>; <c>next</c> is where the next page begins.</summary>
    public IResult Page<T>(IEnumerable<T> inOrder, Func<T, int> number, Func<T, object> json)
    {
        var query = Context.Request.Query;
        if (Whole(query["after"], 0) is not { } after) return ApiProblem.Of(400, "after", "Send the number that the last answer gave as next.");
        if (Whole(query["limit"], UsualItems) is not (> 0 and <= MostItems and var limit)) return ApiProblem.Of(400, "limit", $"Send a number from 1 to {MostItems}.");
        var rest = inOrder.Where(i => number(i) > after).Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();
        return Results.Json(new { results = page.Select(json), next = rest.Count > limit ? number(page[^1]) : (int?)null });
    }

    /// <exception cref="JsonException">It is no JSON, or too much of it.</exception>
    public async Task<JsonElement> BodyAsync()
    {
        if (Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestBody;
        using var body = await JsonDocument.ParseAsync(Context.Request.Body, new JsonDocumentOptions { MaxDepth = 32 }, Cancel);
        return body.RootElement.Clone();
    }

    static int? Whole(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
