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

    /// <summary>Of the draft whose changes are shown.</summary>
    [BindProperty] public string? Seen { get; set; }

    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public ContentDifference Differences { get; private set; } = null!;
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (MayEdit) await drafts.EnsureAsync(Site, cancel);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
        var published = Environments.FirstOrDefault(e => e.Name == Environment)?.Published;
        var before = await publishing.ContentAsync(Site, published, cancel);
        var draft = await drafts.ContentAsync(Site, cancel);
        Seen = TagPublishing.Mark(draft);
        Differences = ContentDiff.Between(before, draft);
        if (Problems.Count > 0) return;
        var who = await WhoAsync(drafts, cancel);
        Problems = !who.MayRunCode && OwnCode.Added(before, draft, Environment) is { } code ? [code, .. ContentCheck.Problems(draft)] : ContentCheck.Problems(draft);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid)
        {
            var draft = new DraftToPublish((Name ?? "").Trim(), (Note ?? "").Trim(), Seen ?? "");
            var publication = await publishing.PublishDraftAsync(Site, Environment, draft, await WhoAsync(drafts, cancel), cancel);
            if (publication.Version is { } number)
            {
                TempData.Say($"Version {number} is published to {Environment}{(publication.IsNewest && draft.Name.Length + draft.Note.Length > 0 ? ". The draft was that version already, which keeps its name and note" : "")}");
                return Redirect($"{Root}/versions");
            }
            Problems = publication.Problems;
        }
        await OnGetAsync(cancel);
        return Page();
    }
}
