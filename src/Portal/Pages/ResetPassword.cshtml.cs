using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SaaS.Analytics.Portal.Accounts;

namespace SaaS.Analytics.Portal.Pages;

[EnableRateLimiting(AccountLimits.Policy)]
sealed class ResetPasswordModel(PasswordReset reset) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Choose a password.")]
    [StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "The password needs 10 to 200 characters.")]
    public string Password { get; set; } = "";

    public bool Stale { get; private set; }

    public void OnGet() => Response.Headers["Referrer-Policy"] = "no-referrer";

    public async Task<IActionResult> OnPostAsync([FromQuery] Guid user, [FromQuery] string? token)
    {
        if (!ModelState.IsValid) return Page();
        if (await reset.ChangeAsync(user, token ?? "", Password)) return Redirect("/sign-in?reset=true");
        Stale = true;
        return Page();
    }
}
