using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages;

[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    public (string Title, string Sentence) Words => Code switch
    {
        400 => ("That did not work", "The form was open for too long or came from another page. Go back, reload and send it again."),
        403 => ("Not yours to open", "Your role does not allow this. Ask an owner of the account."),
        404 => ("Nothing here", "This page does not exist, or it belongs to an account you are not signed in to."),
        429 => ("Too many tries", "Wait a few minutes, then try again."),
        503 => ("Back in a moment", "A database of ours does not answer. Events are still taken and nothing is lost; reload this page in a few seconds."),
        _ => ("Something broke on our side", "It is written in the log. Try again; if it stays, tell the operator the time and the address."),
    };

    public string Title => Words.Title;
    public string Sentence => Words.Sentence;

    public void OnGet(int code) => Show(code);
    public void OnPost(int code) => Show(code);

    void Show(int code)
    {
        Code = HttpContext.Features.Get<IExceptionHandlerFeature>() is null ? code : Response.StatusCode;
        if (Code == StatusCodes.Status503ServiceUnavailable) Response.Headers.RetryAfter = StoreAway.RetryAfter;
    }
}
