using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class TagSettingsModel(TagDrafts drafts) : TagPage
{
    static readonly string[] States = [ConsentDefaults.Wait, "granted", "denied"];

    [BindProperty] public string Analytics { get; set; } = ConsentDefaults.Wait;
    [BindProperty] public string Ads { get; set; } = ConsentDefaults.Wait;
    [BindProperty] public string Personalization { get; set; } = ConsentDefaults.Wait;
    [BindProperty] public bool Google { get; set; }
    [BindProperty] public MemberRole? CodeRole { get; set; }
    [BindProperty] public uint Seen { get; set; }

    public bool Stopped { get; private set; }
    public bool Conflict { get; private set; }

    public (string Name, string Label, string Value)[] Defaults =>
        [(nameof(Analytics), "Analytics", Analytics), (nameof(Ads), "Ads", Ads), (nameof(Personalization), "Personalization", Personalization)];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var container = await drafts.ContainerAsync(Site, cancel);
        var consent = ConsentDefaults.Read(container.Consent);
        (Analytics, Ads, Personalization, Google) = (consent.Analytics, consent.Ads, consent.Personalization, consent.Google);
        (CodeRole, Stopped, Seen) = (container.CodeRole, container.Stopped, container.Version);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var consent = new ConsentDefaults { Analytics = Known(Analytics), Ads = Known(Ads), Personalization = Known(Personalization), Google = Google };
        var role = Role >= MemberRole.Admin && CodeRole is { } wanted && Enum.IsDefined(wanted) ? wanted : (MemberRole?)null;
        var answer = await drafts.SetAsync(Site, c => (c.Consent, c.CodeRole) = (consent.Write(), role ?? c.CodeRole), Seen,
            $"Changed consent and safety: until visitors decide, analytics {consent.Analytics}, ads {consent.Ads}, personalization {consent.Personalization}", By, cancel);
        if (answer == TagSave.Saved)
        {
            TempData.Say("Saved. It counts when you publish");
            return Redirect($"{Root}/settings");
        }
        ModelState.Clear();
        Conflict = true;
        await OnGetAsync(cancel);
        return Page();
    }

    public Task<IActionResult> OnPostStopAsync(CancellationToken cancel) => SetAsync(c => c.Stopped = true, "Stopped all tags", "All tags are stopped", cancel);

    public Task<IActionResult> OnPostStartAsync(CancellationToken cancel) => SetAsync(c => c.Stopped = false, "Started all tags", "All tags are started", cancel);

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken cancel) =>
        SetAsync(c => c.PreviewKey = RandomNumberGenerator.GetBytes(32), "Ended all links to previews", "All links to previews have ended", cancel);

    async Task<IActionResult> SetAsync(Action<TagContainer> change, string what, string said, CancellationToken cancel)
    {
        if (Role < MemberRole.Admin) return Forbid();
        if (await drafts.SetAsync(Site, change, 0, what, By, cancel) == TagSave.Saved) TempData.Say(said);
        return Redirect($"{Root}/settings");
    }

    static string Known(string state) => Array.IndexOf(States, state) >= 0 ? state : ConsentDefaults.Wait;
}
