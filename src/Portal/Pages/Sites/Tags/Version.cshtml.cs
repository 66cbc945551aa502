using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class VersionModel(TagPublishing publishing) : TagPage
{
    public int Number { get; private set; }
    public TagVersion Version { get; private set; } = null!;
    public ContainerContent Held { get; private set; } = null!;
    public int? Before { get; private set; }
    public IReadOnlyList<ItemDifference> Differences { get; private set; } = [];
    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel) => await LoadAsync(number, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int number, string? environment, CancellationToken cancel)
    {
        var publication = await publishing.PublishVersionAsync(Site, environment ?? "", number, By, cancel);
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
        var before = await publishing.VersionAsync(Site, number - 1, cancel);
        Before = before?.Number;
        Differences = ContentDiff.Between(before is null ? null : ContainerContent.Read(before.Content), Held);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
        return true;
    }
}
