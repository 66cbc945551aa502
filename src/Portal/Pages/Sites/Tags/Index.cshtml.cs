using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class TagsModel(TagDrafts drafts, TagPublishing publishing, TagNumbers numbers, TimeProvider time) : TagPage
{
    [BindProperty(SupportsGet = true)] public string? View { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Folder { get; set; }

    public ItemSort Sort => Enum.TryParse<ItemSort>(View, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : ItemSort.Tag;
    public string Word => $"{Sort}s";
    public IReadOnlyList<TagItem> Items { get; private set; } = [];
    public IReadOnlyList<string> Folders { get; private set; } = [];
    public ContainerContent Draft { get; private set; } = null!;
    public TagContainer Container { get; private set; } = null!;
    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public IReadOnlyDictionary<int, TagSum> Sums { get; private set; } = null!;

    /// <summary>Between the draft and what is live.</summary>
    public int Changes { get; private set; }

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public string Nothing => Sort switch
    {
        ItemSort.Tag => "There is no tag yet. Choose a template, say when it fires, look at it in the preview, and publish.",
        ItemSort.Trigger => "There is no trigger of your own yet. All pages, DOM ready and Window loaded are there without one.",
        _ => "There is no variable of your own yet. Page URL, Click Text, Scroll Depth Threshold and others are there without one.",
    };

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Container = await drafts.ContainerAsync(Site, cancel);
        Draft = await drafts.ContentAsync(Site, cancel);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
        Sums = await numbers.LatelyAsync(Site, cancel);
        var all = (await drafts.ItemsAsync(Site, cancel)).Where(i => i.Sort == Sort).ToArray();
        Folders = [.. all.Select(i => i.Folder).Where(f => f.Length > 0).Distinct().Order()];
        Items = [.. all.Where(Fits)];
        await CountChangesAsync(cancel);
    }

    public string Address(ItemSort sort) => $"{Root}?view={sort.ToString().ToLowerInvariant()}";

    public string Uses(ItemContent item) => item.Sort == ItemSort.Tag
        ? Joined(item.Options.On.Select(n => TagWords.TriggerName(n, Draft)))
        : Joined(References.UsersOf(item, Draft.Items).Select(u => u.Name));

    static string Joined(IEnumerable<string> names) => names.ToArray() switch
    {
        [] => Layout.Format.Nothing,
        { Length: > 3 } many => string.Join(", ", many.Take(3)) + $" and {many.Length - 3} more",
        var few => string.Join(", ", few),
    };

    bool Fits(TagItem item) =>
        (string.IsNullOrWhiteSpace(Q) || item.Name.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase) || TagWords.Kind(item.Content).Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrEmpty(Folder) || item.Folder == Folder);

    async Task CountChangesAsync(CancellationToken cancel)
    {
        var live = Environments.FirstOrDefault(e => e.Name == TagEnvironment.Live)?.Published;
        Changes = ContentDiff.Between(await publishing.ContentAsync(Site, live, cancel), Draft).Count;
    }
}
