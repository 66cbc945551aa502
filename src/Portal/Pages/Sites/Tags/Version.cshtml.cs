using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class VersionModel(TagDrafts drafts, TagPublishing publishing) : TagPage
{
    public int Number { get; private set; }
    public TagVersion Version { get; private set; } = null!;
    public ContainerContent Held { get; private set; } = null!;
    public int? Before { get; private set; }
    public ContentDifference Differences { get; private set; } = null!;
    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel) => await LoadAsync(number, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int number, string? environment, CancellationToken cancel)
    {
        var publication = await publishing.PublishVersionAsync(Site, environment ?? "", number, await WhoAsync(drafts, cancel), cancel);
        if (publication.Version is not null)
        {
            TempData.Say($"Version {number} is published to {environment}");
            return Redirect($"{Root}/versions");
        }
        Problem = publication.Problems[0];
        return await LoadAsync(number, cancel) ? Page() : NotFound();
    }

    async Task<bool> LoadAsync(int number, CancellationToken cancel)
    {
        if (await publishing.VersionAsync(Site, number, cancel) is not { } version) return false;
        (Number, Version, Held) = (number, version, ContainerContent.Read(version.Content));
        var before = await publishing.ContentAsync(Site, number - 1, cancel);
        Before = before is null ? null : number - 1;
        Differences = ContentDiff.Between(before, Held);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
        return true;
    }
}
