using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages;

/// <summary>The link of the confirmation mail. It signs nobody in: who reads the mail need not be who chose the password.</summary>
sealed class ConfirmModel(UserManager<User> users) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? user, string? token)
    {
        if (user is null || token is null || !Guid.TryParse(user, out _) || await users.FindByIdAsync(user) is not { } found) return Page();
        var confirmed = await users.ConfirmEmailAsync(found, token);
        return confirmed.Succeeded ? Redirect("/sign-in?confirmed=true") : Page();
    }
}
