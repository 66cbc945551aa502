using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages;

sealed class ThemeModel : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? theme, string? back)
    {
        if (theme is "light" or "dark") Response.Cookies.Append(Theme.Cookie, theme, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            Secure = Request.IsHttps,
        });
        else Response.Cookies.Delete(Theme.Cookie);
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
