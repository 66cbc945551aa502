using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class PublishModel(TagDrafts drafts, TagPublishing publishing) : TagPage
{
    [BindProperty(SupportsGet = true)] public string Environment { get; set; } = TagEnvironment.Live;

    [BindProperty, StringLength(120, ErrorMessage = "The name has at most 120 characters.")] public string? Name { get; set; }
    [BindProperty, StringLength(1000, ErrorMessage = "The note has at most 1,000 characters.")] public string? Note { get; set; }

    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public IReadOnlyList<ItemDifference> Differences { get; private set; } = [];

    /// <summary>What holds until visitors decide, in words; null where it stays.</summary>
    public string? ConsentBefore { get; private set; }
    public string ConsentAfter { get; private set; } = "";
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (MayEdit) await drafts.EnsureAsync(Site, cancel);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
        var published = Environments.FirstOrDefault(e => e.Name == Environment)?.Published;
        var version = published is { } number ? await publishing.VersionAsync(Site, number, cancel) : null;
        var before = version is null ? null : ContainerContent.Read(version.Content);
        var draft = await drafts.ContentAsync(Site, cancel);
        Differences = ContentDiff.Between(before, draft);
        if (ContentDiff.ConsentDiffers(before, draft)) (ConsentBefore, ConsentAfter) = (ConsentForm.Words(before?.Consent ?? new()), ConsentForm.Words(draft.Consent));
        if (Problems.Count == 0) Problems = ContentCheck.Problems(draft);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid)
        {
            var publication = await publishing.PublishDraftAsync(Site, Environment, (Name ?? "").Trim(), (Note ?? "").Trim(), By, cancel);
            if (publication.Version is { } number)
            {
                TempData.Say($"Version {number} is published to {Environment}");
                return Redirect($"{Root}/versions");
            }
            Problems = publication.Problems;
        }
        await OnGetAsync(cancel);
        return Page();
    }
}
