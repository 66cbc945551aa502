using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;

namespace SaaS.Analytics.Portal.Pages.Sites;

sealed class NewModel(AddingSites adding) : PageModel
{
    [BindProperty, Required(ErrorMessage = SiteDomain.Advice), Domain] public string Domain { get; set; } = "";
    [BindProperty, StringLength(120, ErrorMessage = "The name has at most 120 characters.")] public string? Name { get; set; }
    [BindProperty, TimeZone] public string TimeZone { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return Page();
        var domain = SiteDomain.Of(Domain)!;
        var name = string.IsNullOrWhiteSpace(Name) ? SiteDomain.Readable(domain) : Name.Trim();
        var added = await adding.AddAsync(domain, name, TimeZone, cancel);
        TempData.Say(added ? $"{name} is added" : $"{domain} is one of your sites already");
        return Redirect($"/sites/{domain}/snippet");
    }
}
