using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;

namespace SaaS.Analytics.Portal.Pages.Sites;

sealed class ShieldsModel(SiteShields shields, TimeProvider time) : SitePage
{
    public static readonly IReadOnlyDictionary<string, string> Facts = new Dictionary<string, string>
    {
        [ShieldFacts.Address] = "IP address or network", [ShieldFacts.Country] = "Country", [ShieldFacts.Page] = "Page", [ShieldFacts.Hostname] = "Host name",
    };

    [BindProperty] public string Fact { get; set; } = ShieldFacts.Address;
    [BindProperty] public string? Value { get; set; }

    [BindProperty, StringLength(120, ErrorMessage = "The note has at most 120 characters.")]
    public string? Note { get; set; }

    public IReadOnlyList<Shield> Shields { get; private set; } = [];

    /// <summary>Where this page is read from: what people most often want left out.</summary>
    public string OwnAddress => HttpContext.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
        ? mapped.MapToIPv4().ToString() : HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancel) => Shields = await shields.AllAsync(Site, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid && await shields.AddAsync(Site, Fact, Value, (Note ?? "").Trim(), cancel) is { } error)
            ModelState.AddModelError(nameof(Value), error);
        if (ModelState.IsValid)
        {
            TempData.Say("The shield is up");
            return Redirect($"/sites/{Site.Domain}/shields");
        }
        await OnGetAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (await shields.RemoveAsync(Site, id, cancel) is { } removed) TempData.Say($"{removed.Value} is counted again");
        return Redirect($"/sites/{Site.Domain}/shields");
    }
}
