using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SaaS.Analytics.Portal.Accounts;

namespace SaaS.Analytics.Portal.Pages;

[EnableRateLimiting(AccountLimits.Policy)]
sealed class ForgotPasswordModel(PasswordReset reset) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your e-mail address."), StringLength(254)]
    [EmailAddress(ErrorMessage = "This is no e-mail address. It looks like name@example.com.")]
    public string Email { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return Page();
        await reset.AskAsync(Email.Trim(), cancel);
        return Redirect("/check-mail");
    }
}
