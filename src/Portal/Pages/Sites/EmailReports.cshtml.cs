using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Portal.Sites.Mails;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Who gets the numbers by e-mail, and when.</summary>
sealed class EmailReportsModel(SiteMails mails) : SitePage
{
    public static readonly IReadOnlyDictionary<ReportCadence, string> Cadences = new Dictionary<ReportCadence, string>
    {
        [ReportCadence.Weekly] = "Every Monday, the week before", [ReportCadence.Monthly] = "On the first, the month before",
    };

    [BindProperty, Required(ErrorMessage = "Enter an e-mail address."), EmailAddress(ErrorMessage = "This is no e-mail address."), StringLength(254)]
    public string? Address { get; set; }

    [BindProperty] public ReportCadence Cadence { get; set; }
    public IReadOnlyList<ReportMail> Mails { get; private set; } = [];

    public string OwnAddress => User.FindFirstValue(ClaimTypes.Email) ?? User.Identity?.Name ?? "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Mails = await mails.AllAsync(Site, cancel);
        Address = Mails.Count == 0 ? OwnAddress : "";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid && await mails.AddAsync(Site, Address!, Cadence, cancel) is { } error) ModelState.AddModelError(nameof(Address), error);
        if (ModelState.IsValid) return Said($"{Address} gets the numbers from now on");
        Mails = await mails.AllAsync(Site, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        await mails.RemoveAsync(Site, id, cancel);
        return Said("No more mails to this address");
    }

    public async Task<IActionResult> OnPostSendAsync(ReportCadence cadence, CancellationToken cancel)
    {
        await mails.SendNowAsync(Site, OwnAddress, cadence, cancel);
        return Said($"On its way to {OwnAddress}");
    }

    RedirectResult Said(string sentence)
    {
        TempData.Say(sentence);
        return Redirect($"/sites/{Site.Domain}/email-reports");
    }
}
