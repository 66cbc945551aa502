using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class TagSettingsModel(TagDrafts drafts, TagStops stops) : TagPage
{
    /// <summary>What the form shows.</summary>
    public ConsentDefaults Consent { get; private set; } = new();

    [BindProperty] public MemberRole? CodeRole { get; set; }
    [BindProperty] public uint Seen { get; set; }

    public bool MayChooseRole { get; private set; }
    public bool Stopped { get; private set; }
    public bool Conflict { get; private set; }

    /// <summary>Of the account, and of how many of them tags are stopped.</summary>
    public (int Sites, int Stopped) Account { get; private set; }

    /// <summary>Wrong with the rows of places.</summary>
    public string? Problem { get; private set; }

    public static readonly (string Key, string Name)[] States = [(ConsentDefaults.Wait, "Wait"), (ConsentDefaults.Granted, "Granted"), (ConsentDefaults.Denied, "Denied")];

    public (string Name, string Label, string Value)[] Defaults =>
        [("Analytics", "Analytics", Consent.Analytics), ("Ads", "Ads", Consent.Ads), ("Personalization", "Personalization", Consent.Personalization)];

    /// <summary>Two empty ones at the end.</summary>
    public IEnumerable<RegionConsent> Regions => (Consent.Regions ?? []).Concat(Enumerable.Repeat(new RegionConsent([], ConsentDefaults.Wait, ConsentDefaults.Wait, ConsentDefaults.Wait), 2));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var container = await drafts.ContainerAsync(Site, cancel);
        Consent = ConsentDefaults.Read(container.Consent);
        (CodeRole, Stopped, Seen) = (container.CodeRole, container.Stopped, container.Version);
        MayChooseRole = MaySetRole(container);
        Account = await stops.CountAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        (var consent, Problem) = ConsentForm.Read(Request.Form);
        if (Problem is not null) return await AgainAsync(consent, cancel);
        var change = new ContainerChange("Changed consent and safety", c => (c.Consent, c.CodeRole) = (consent.Write(), RoleFor(c))) { Words = Words };
        var answer = await drafts.SetAsync(Site, change, Seen, By, cancel);
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

    /// <summary>Who may not change code cannot let others, or themselves.</summary>
    MemberRole RoleFor(TagContainer container) => MaySetRole(container) && CodeRole is { } wanted && Enum.IsDefined(wanted) ? wanted : container.CodeRole;

    bool MaySetRole(TagContainer container) => Role >= MemberRole.Admin && Role >= container.CodeRole;

    static string Words(TagContainer container) => $"{ConsentForm.Words(ConsentDefaults.Read(container.Consent))}\nCode of your own: {RoleWords(container.CodeRole)}";

    public static string RoleWords(MemberRole role) => role == MemberRole.Owner ? "Owners" : $"{role}s and above";

    public Task<IActionResult> OnPostStopAsync(CancellationToken cancel) => SetAsync(c => c.Stopped = true, "Stopped all tags", "All tags are stopped", cancel);

    public Task<IActionResult> OnPostStartAsync(CancellationToken cancel) => SetAsync(c => c.Stopped = false, "Started all tags", "All tags are started", cancel);

    public Task<IActionResult> OnPostStopAccountAsync(CancellationToken cancel) => SetAccountAsync(stop: true, "The tags of all sites are stopped", cancel);

    public Task<IActionResult> OnPostStartAccountAsync(CancellationToken cancel) => SetAccountAsync(stop: false, "The tags of all sites are started", cancel);

    async Task<IActionResult> SetAccountAsync(bool stop, string said, CancellationToken cancel)
    {
        if (Role < MemberRole.Owner) return Forbid();
        await stops.SetAsync(stop, By, cancel);
        TempData.Say(said);
        return Redirect($"{Root}/settings");
    }

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken cancel) =>
        SetAsync(c => c.PreviewKey = RandomNumberGenerator.GetBytes(32), "Ended all links to previews", "All links to previews have ended", cancel);

    async Task<IActionResult> SetAsync(Action<TagContainer> change, string what, string said, CancellationToken cancel)
    {
        if (Role < MemberRole.Admin) return Forbid();
        if (await drafts.SetAsync(Site, new ContainerChange(what, change), 0, By, cancel) == TagSave.Saved) TempData.Say(said);
        return Redirect($"{Root}/settings");
    }

    /// <summary>The form with what was typed.</summary>
    async Task<IActionResult> AgainAsync(ConsentDefaults typed, CancellationToken cancel)
    {
        var (role, seen) = (CodeRole, Seen);
        await OnGetAsync(cancel);
        (Consent, CodeRole, Seen) = (typed, role ?? CodeRole, seen);
        return Page();
    }
}
