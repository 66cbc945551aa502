using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class VersionsModel(TagPublishing publishing, TimeProvider time) : TagPage
{
    public IReadOnlyList<TagVersion> Versions { get; private set; } = [];
    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Versions = await publishing.VersionsAsync(Site, cancel);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
    }
}
