using Microsoft.AspNetCore.Diagnostics;
using SaaS.Analytics.Portal.Api;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>What is answered when a request fails: a page to people, a problem document to programs; 503 while a store is away.</summary>
static class ErrorAnswers
{
    public static void UseErrorAnswers(this IApplicationBuilder app)
    {
        var page = ErrorPage(app);
        app.UseWhen(IsPage, pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error/500", ExceptionHandler = page, CreateScopeForErrors = true, StatusCodeSelector = Status,
            });
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
        app.UseWhen(IsApi, api => api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ProblemAsync, StatusCodeSelector = Status }));
    }

    /// <summary>Nobody is signed in on the page that tells of an error: it is shown without any database.</summary>
    static RequestDelegate ErrorPage(IApplicationBuilder app)
    {
        var page = app.New();
        page.UseRouting();
        page.UseEndpoints(pages => pages.MapRazorPages());
        return page.Build();
    }

    static int Status(Exception error) => StoreAway.Is(error) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;

    static Task ProblemAsync(HttpContext context)
    {
        var away = context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable;
        if (away) context.Response.Headers.RetryAfter = StoreAway.RetryAfter;
        var detail = away
            ? "A database of ours does not answer at the moment. Nothing is lost; ask again in a few seconds."
            : "Something broke on our side. It is written in the log.";
        return ApiProblem.Of(context.Response.StatusCode, "", detail).ExecuteAsync(context);
    }

    static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    static bool IsPage(HttpContext context) => !IsApi(context) && !context.Request.Path.StartsWithSegments("/health");
}
