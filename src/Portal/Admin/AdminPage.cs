using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SaaS.Analytics.Portal.Admin;

/// <summary>A page under <c>/admin</c>: for everybody but the operator it does not exist.</summary>
public abstract class AdminPage : PageModel
{
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var gate = context.HttpContext.RequestServices.GetRequiredService<OperatorGate>();
        if (!gate.Admits(context.HttpContext.User)) context.Result = NotFound();
    }
}
