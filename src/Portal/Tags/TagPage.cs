using Microsoft.AspNetCore.Mvc.Filters;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>A page of a site's tags. Viewers read; whoever may not change tags cannot post.</summary>
public abstract class TagPage : SitePage
{
    /// <summary>E-mail address, for the log.</summary>
    public string By => User.Identity?.Name ?? "";

    public MemberRole Role => HttpContext.RequestServices.GetRequiredService<CurrentMember>().Member.Role;

    public bool MayEdit => Role >= MemberRole.Editor;

    public async Task<Publisher> WhoAsync(TagDrafts drafts, CancellationToken cancel) => new(By, Role >= (await drafts.ContainerAsync(Site, cancel)).CodeRole);

    public string Root => $"/sites/{Site.Domain}/tags";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var members = context.HttpContext.RequestServices.GetRequiredService<CurrentMember>();
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && members.SignedIn && members.Member.Role < MemberRole.Editor)
        {
            context.Result = Forbid();
            return;
        }
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}
