using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Account;

sealed class KeysModel(AnalyticsDb db, ApiKeys keys, TimeProvider time) : PageModel
{
    const int Most = 100;

    [BindProperty, Required(ErrorMessage = "Give the key a name, to know later what uses it.")]
    [StringLength(120, ErrorMessage = "The name has at most 120 characters.")]
    public string Name { get; set; } = "";

    /// <summary>What the key may do.</summary>
    [BindProperty] public string[] Scopes { get; set; } = [];

    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The key just made: only in this answer, never again.</summary>
    public string? NewKey { get; private set; }

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task OnGetAsync(CancellationToken cancel)
    {
        Scopes = [ApiScopes.StatsRead];
        return ListAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await db.ApiKeys.CountAsync(k => k.RevokedAt == null, cancel) >= Most)
            ModelState.AddModelError(nameof(Name), $"There are {Most} keys already. Revoke one that is not used.");
        if (Scopes.Length == 0 || !Scopes.All(ApiScopes.All.Contains))
            ModelState.AddModelError(nameof(Scopes), "Choose what the key may do.");
        if (ModelState.IsValid) await CreateAsync(cancel);
        await ListAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancel)
    {
        var revoked = await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(k => k.SetProperty(x => x.RevokedAt, Now), cancel);
        if (revoked > 0) TempData.Say("The key is revoked");
        return Redirect("/account/keys");
    }

    async Task CreateAsync(CancellationToken cancel)
    {
        (var row, NewKey) = keys.New(db.TenantId, Name.Trim(), [.. Scopes.Distinct()]);
        db.ApiKeys.Add(row);
        await db.SaveChangesAsync(cancel);
        ModelState.Clear();
        (Name, Scopes) = ("", [ApiScopes.StatsRead]);
        Response.Headers.CacheControl = "no-store";
    }

    async Task ListAsync(CancellationToken cancel) => Keys = await db.ApiKeys.AsNoTracking()
        .Where(k => k.RevokedAt == null).OrderByDescending(k => k.CreatedAt).ToListAsync(cancel);
}
