using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class PreviewModel(AnalyticsDb db, PreviewLinks links) : TagPage
{
    [BindProperty, Required(ErrorMessage = "Enter the address of a page.")]
    public string? Address { get; set; }

    [BindProperty(SupportsGet = true)] public int Version { get; set; }

    public PreviewLink? Link { get; private set; }

    public void OnGet() => Address = $"https://{Site.Domain}/";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid && await OwnPageAsync(cancel) is { } page) Link = await links.MakeAsync(Site, page, Version, cancel);
        else if (ModelState.IsValid) ModelState.AddModelError(nameof(Address), $"Enter an address of {Site.Domain}, its subdomains or its other hosts that begins with https:// or http://.");
        return Page();
    }

    /// <returns>Null where the address is not one of the site's: a token does not go elsewhere.</returns>
    async Task<Uri?> OwnPageAsync(CancellationToken cancel)
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) return null;
        var others = await db.Sites.Where(s => s.Id == Site.Id).Select(s => s.OtherHosts).SingleAsync(cancel);
        var own = others.Append(Site.Domain).Any(h => page.Host == h || page.Host.EndsWith("." + h, StringComparison.OrdinalIgnoreCase));
        return own || page.IsLoopback ? page : null;
    }
}
