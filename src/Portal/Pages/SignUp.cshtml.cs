using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SaaS.Analytics.Portal.Accounts;

namespace SaaS.Analytics.Portal.Pages;

[EnableRateLimiting(AccountLimits.Policy)]
sealed class SignUpModel(SigningUp signingUp, CurrentMember member) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your e-mail address."), StringLength(254)]
    [EmailAddress(ErrorMessage = "This is no e-mail address. It looks like name@example.com.")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a password.")]
    [StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "The password needs 10 to 200 characters.")]
    public string Password { get; set; } = "";

    public IActionResult OnGet() => member.SignedIn ? Redirect("/") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (member.SignedIn) return Redirect("/");
        if (!ModelState.IsValid) return Page();
        var wrong = await signingUp.StartAsync(Email.Trim(), Password, cancel);
        foreach (var sentence in wrong) ModelState.AddModelError(nameof(Password), sentence);
        return wrong.Count > 0 ? Page() : Redirect("/check-mail");
    }
}
