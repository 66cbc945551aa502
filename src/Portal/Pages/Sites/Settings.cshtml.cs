using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites;

sealed class SettingsModel(SiteChanges changes, CurrentMember current) : SitePage
{
    [BindProperty] public SiteForm Form { get; set; } = new();

    /// <summary>What somebody else saved in the meantime, where it differs from the form.</summary>
    public IReadOnlyList<(string Field, string Value)>? Theirs { get; private set; }
    public string? DeleteError { get; private set; }

    /// <summary>Null to those who may not change the site.</summary>
    public string? IdentitySecret { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Form = SiteForm.Of(await changes.LoadAsync(Site, cancel));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return Page();
        switch (await changes.SaveAsync(Site, Form, cancel))
        {
            case SaveAnswer.Saved:
                TempData.Say("Settings saved");
                return Redirect($"/sites/{SiteDomain.Of(Form.Domain)}/settings");
            case SaveAnswer.DomainTaken:
                ModelState.AddModelError("Form.Domain", "Another of your sites has this domain.");
                return Page();
            default:
                await ShowConflictAsync(cancel);
                return Page();
        }
    }

    public async Task<IActionResult> OnPostSecretAsync(bool sure, CancellationToken cancel)
    {
        if (IdentitySecret is null) return Forbid();
        if (sure)
        {
            await changes.ReplaceIdentitySecretAsync(Site, cancel);
            TempData.Say("The secret is replaced: sign with the new one from now on");
        }
        return Redirect($"/sites/{Site.Domain}/settings#identities");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? typed, CancellationToken cancel)
    {
        ModelState.Clear();
        if (SiteDomain.Of(typed) != Site.Domain)
        {
            DeleteError = $"Type {Site.Domain} to delete it.";
            await OnGetAsync(cancel);
            return Page();
        }
        await changes.DeleteAsync(Site, cancel);
        TempData.Say($"{Site.Name} is deleted");
        return Redirect("/?all=1");
    }

    protected override async Task<IActionResult?> BeginAsync(CancellationToken cancel)
    {
        if (current.Member.Role >= MemberRole.Editor) IdentitySecret = await changes.IdentitySecretAsync(Site, cancel);
        return null;
    }

    /// <summary>The form keeps what was typed; sent again it replaces what the other one saved.</summary>
    async Task ShowConflictAsync(CancellationToken cancel)
    {
        var now = SiteForm.Of(await changes.LoadAsync(Site, cancel));
        Theirs = Form.Differences(now);
        (Form.Version, Form.Seen) = (now.Version, now.Seen);
        ModelState.Remove("Form.Version");
        ModelState.Remove("Form.Seen");
    }
}
