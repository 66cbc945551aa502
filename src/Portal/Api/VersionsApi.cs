using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Api;

/// <summary>
/// <c>/api/v1/sites/{site}/versions</c> and <c>/environments</c>: <c>POST …/versions {environment, name?, note?}</c> publishes the draft,
/// <c>PUT …/environments/{name} {version}</c> publishes a version that is there, also an older one. 422 with what is in the way.
/// </summary>
static class VersionsApi
{
    public static void MapVersionsApi(this WebApplication app)
    {
        const string versions = "/api/v1/sites/{site}/versions";
        const string environments = "/api/v1/sites/{site}/environments";
        app.MapGet(versions, (HttpContext context, string site) => SiteTags.RunAsync(context, site, ListAsync)).AllowAnonymous();
        app.MapPost(versions, (HttpContext context, string site) => SiteTags.RunAsync(context, site, PublishAsync)).AllowAnonymous();
        app.MapGet(versions + "/{number:int}", (HttpContext context, string site, int number) => SiteTags.RunAsync(context, site, s => OneAsync(s, number))).AllowAnonymous();
        app.MapGet(environments, (HttpContext context, string site) => SiteTags.RunAsync(context, site, EnvironmentsAsync)).AllowAnonymous();
        app.MapPut(environments + "/{name}", (HttpContext context, string site, string name) => SiteTags.RunAsync(context, site, s => PointAsync(s, name))).AllowAnonymous();
    }

    static async Task<IResult> ListAsync(SiteTags site) =>
        site.Page((await site.Publishing.VersionsAsync(site.Site, site.Cancel)).OrderBy(v => v.Number), v => v.Number, TagJson.Of);

    static async Task<IResult> OneAsync(SiteTags site, int number) => await site.Publishing.VersionAsync(site.Site, number, site.Cancel) is { } version
        ? Results.Json(new { version.Number, version.Name, version.Note, version.Author, created_at = version.CreatedAt, content = JsonNode.Parse(version.Content) })
        : ApiProblem.Of(404, "", "There is no such version.");

    static async Task<IResult> EnvironmentsAsync(SiteTags site) =>
        Results.Json(new { results = (await site.Publishing.EnvironmentsAsync(site.Site, site.Cancel)).Select(TagJson.Of), next = (int?)null });

    static async Task<IResult> PublishAsync(SiteTags site)
    {
        if (await BodyAsync(site) is not { } body) return NoObject();
        var (environment, name, note) = (Text(body, "environment") ?? TagEnvironment.Live, Text(body, "name") ?? "", Text(body, "note") ?? "");
        if (name.Length > 120) return ApiProblem.Of(422, "name", "The name has at most 120 characters.");
        if (note.Length > 1000) return ApiProblem.Of(422, "note", "The note has at most 1,000 characters.");
        return Answer(await site.Publishing.PublishDraftAsync(site.Site, environment, new DraftToPublish(name, note), site.Publisher, site.Cancel), environment);
    }

    static async Task<IResult> PointAsync(SiteTags site, string environment)
    {
        if (await BodyAsync(site) is not { } body) return NoObject();
        if (!body.TryGetProperty("version", out var value) || !value.TryGetInt32(out var version)) return ApiProblem.Of(422, "version", "Send the number of a version.");
        return Answer(await site.Publishing.PublishVersionAsync(site.Site, environment, version, site.Publisher, site.Cancel), environment);
    }

    static IResult Answer(Publication publication, string environment) => publication.Version is { } version
        ? Results.Json(new { version, environment })
        : ApiProblem.Of(422, "", string.Join(' ', publication.Problems));

    static async Task<JsonElement?> BodyAsync(SiteTags site)
    {
        try
        {
            var body = await site.BodyAsync();
            return body.ValueKind == JsonValueKind.Object ? body : null;
        }
        catch (JsonException)
        {
            return null; // Answered as what is no object.
        }
    }

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : null;

    static IResult NoObject() => ApiProblem.Of(400, "", "Send a JSON object.");
}
