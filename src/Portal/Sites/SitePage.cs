using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>
/// A page under <c>/sites/{domain}</c>. Before any handler runs, <see cref="Site"/> is one of the tenant's sites, or the
/// answer is 404, the same for a site of another tenant as for one that does not exist.
/// </summary>
public abstract class SitePage : PageModel
{
    public AuthorizedSite Site { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var access = context.HttpContext.RequestServices.GetRequiredService<SiteAccess>();
        var domain = context.RouteData.Values["domain"] as string ?? "";
        if (await access.FindAsync(domain, context.HttpContext.RequestAborted) is not { } site)
        {
            context.Result = NotFound();
            return;
        }
        Site = site;
        if (await BeginAsync(context.HttpContext.RequestAborted) is { } answer) context.Result = answer;
        else await next();
    }

    /// <summary>Reads what every handler of the page needs.</summary>
    /// <returns>An answer in place of any handler's; null to go on.</returns>
    protected virtual Task<IActionResult?> BeginAsync(CancellationToken cancel) => Task.FromResult<IActionResult?>(null);
}
