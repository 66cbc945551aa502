using System.Globalization;
using System.Text.Json;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary>
/// <c>/api/v1/sites/{site}/tags</c>, <c>/triggers</c>, <c>/variables</c>: the draft of a site's tags, for keys with <c>sites:admin</c>. Lists are
/// paged by <c>after</c> and <c>limit</c>; a change needs <c>If-Match</c> with the ETag that was read (412 when somebody else was faster). Names are
/// unique, so that a creation that is sent twice is made once: the second is answered 409.
/// </summary>
static class TagsApi
{
    public static void MapTagsApi(this WebApplication app)
    {
        foreach (var (path, sort) in new[] { ("tags", ItemSort.Tag), ("triggers", ItemSort.Trigger), ("variables", ItemSort.Variable) })
        {
            var list = $"/api/v1/sites/{{site}}/{path}";
            var one = list + "/{number:int}";
            app.MapGet(list, (HttpContext context, string site) => SiteTags.RunAsync(context, site, s => ListAsync(s, sort))).AllowAnonymous();
            app.MapPost(list, (HttpContext context, string site) => SiteTags.RunAsync(context, site, s => AddAsync(s, sort, path))).AllowAnonymous();
            app.MapGet(one, (HttpContext context, string site, int number) => SiteTags.RunAsync(context, site, s => OneAsync(s, sort, number))).AllowAnonymous();
            app.MapPut(one, (HttpContext context, string site, int number) => SiteTags.RunAsync(context, site, s => ChangeAsync(s, sort, number))).AllowAnonymous();
            app.MapDelete(one, (HttpContext context, string site, int number) => SiteTags.RunAsync(context, site, s => DeleteAsync(s, sort, number))).AllowAnonymous();
        }
    }

    static async Task<IResult> ListAsync(SiteTags site, ItemSort sort)
    {
        var items = (await site.Drafts.ItemsAsync(site.Site, site.Cancel)).Where(i => i.Sort == sort).OrderBy(i => i.Number);
        return site.Page(items, i => i.Number, TagJson.Of);
    }

    static async Task<IResult> OneAsync(SiteTags site, ItemSort sort, int number) =>
        await site.Drafts.FindAsync(site.Site, sort, number, site.Cancel) is { } item ? Answer(site, item) : Missing();

    static async Task<IResult> AddAsync(SiteTags site, ItemSort sort, string path)
    {
        var (item, refused) = await ReadAsync(site, sort, null);
        if (item is null) return refused!;
        var (answer, number) = await site.Drafts.AddAsync(site.Site, item, site.By, site.Cancel);
        if (answer != TagSave.Saved) return Taken();
        site.Context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/api/v1/sites/{site.Site.Domain}/{path}/{number}");
        site.Context.Response.StatusCode = StatusCodes.Status201Created;
        return Answer(site, (await site.Drafts.FindAsync(site.Site, sort, number, site.Cancel))!);
    }

    static async Task<IResult> ChangeAsync(SiteTags site, ItemSort sort, int number)
    {
        if (await site.Drafts.FindAsync(site.Site, sort, number, site.Cancel) is not { } before) return Missing();
        if (site.Seen is not { } seen) return ApiProblem.Of(428, "If-Match", "Send the ETag of what you have read as If-Match.");
        var (item, refused) = await ReadAsync(site, sort, before);
        if (item is null) return refused!;
        return await site.Drafts.ChangeAsync(site.Site, item, seen, site.By, site.Cancel) switch
        {
            TagSave.Saved => Answer(site, (await site.Drafts.FindAsync(site.Site, sort, number, site.Cancel))!),
            TagSave.NameTaken => Taken(),
            _ => Overtaken(),
        };
    }

    static async Task<IResult> DeleteAsync(SiteTags site, ItemSort sort, int number)
    {
        if (await site.Drafts.FindAsync(site.Site, sort, number, site.Cancel) is not { } item) return Missing();
        if (ItemKinds.Find(sort, item.Kind) is { RunsCode: true }) return Code();
        var (answer, users) = await site.Drafts.DeleteAsync(site.Site, (sort, number), site.Seen ?? 0, site.By, site.Cancel);
        if (answer == TagSave.Conflict) return Overtaken();
        return users.Count == 0 ? Results.NoContent() : ApiProblem.Of(409, "", $"It is used by {string.Join(", ", users.Select(u => u.Name))}. Take it out there first.");
    }

    /// <returns>What was sent, checked as the portal's forms are, or what is wrong with it.</returns>
    static async Task<(ItemContent? Item, IResult? Refused)> ReadAsync(SiteTags site, ItemSort sort, TagItem? before)
    {
        ItemContent? sent;
        try
        {
            sent = TagJson.Read(await site.BodyAsync(), sort, before);
        }
        catch (JsonException wrong)
        {
            return (null, ApiProblem.Of(400, wrong.Path ?? "", "The body is no item: " + wrong.Message));
        }
        if (ItemKinds.Find(sort, sent.Kind) is not { } kind) return (null, ApiProblem.Of(422, "kind", $"There is no kind “{sent.Kind}”. Known are {string.Join(", ", ItemKinds.Of(sort).Select(k => k.Key))}."));
        if (kind.RunsCode) return (null, Code());
        var errors = ItemForm.Errors(sent, kind, await site.Drafts.ContentAsync(site.Site, site.Cancel));
        if (errors.Count == 0) return (sent, null);
        var (field, detail) = errors.First();
        return (null, ApiProblem.Of(422, field.StartsWith("s.", StringComparison.Ordinal) ? "settings." + field[2..] : field, detail));
    }

    static IResult Answer(SiteTags site, TagItem item)
    {
        site.Context.Response.Headers.ETag = TagJson.ETag(item);
        return Results.Json(TagJson.Of(item), statusCode: site.Context.Response.StatusCode);
    }

    static IResult Missing() => ApiProblem.Of(404, "", "There is no such item in the draft.");

    static IResult Overtaken() => ApiProblem.Of(412, "If-Match", "Somebody else has changed it. Read it again.");

    static IResult Taken() => ApiProblem.Of(409, "name", "Another one has this name.");

    static IResult Code() => ApiProblem.Of(403, "kind", "Code of your own is changed in the portal, where somebody confirms it.");
}
