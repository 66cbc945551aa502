using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SaaS.Analytics.Portal.Accounts;

namespace SaaS.Analytics.Portal.Pages;

[EnableRateLimiting(AccountLimits.Policy)]
sealed class SignInModel(SigningIn signingIn, CurrentMember member) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your e-mail address."), StringLength(254)]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your password."), StringLength(PasswordRules.MaxLength)]
    public string Password { get; set; } = "";

    [BindProperty] public bool Remember { get; set; } = true;
    [BindProperty(SupportsGet = true)] public string? Next { get; set; }
    [BindProperty(SupportsGet = true)] public bool Confirmed { get; set; }
    [BindProperty(SupportsGet = true)] public bool Reset { get; set; }

    public string? Wrong { get; private set; }

    public IActionResult OnGet() => member.SignedIn ? Onward() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        (Confirmed, Reset) = (false, false);
        if (!ModelState.IsValid) return Page();
        switch (await signingIn.TryAsync(Email.Trim(), Password, Remember, cancel))
        {
            case SignInAnswer.SignedIn:
                return Onward();
            case SignInAnswer.Unconfirmed:
                return Redirect("/check-mail");
            default:
                Wrong = "The address or the password is wrong. After 5 wrong passwords an account rests for 15 minutes.";
                return Page();
        }
    }

    LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(Next) ? Next : "/");
}
