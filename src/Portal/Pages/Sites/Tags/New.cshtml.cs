using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class NewItemModel : TagPage
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }

    public ItemSort Sort { get; private set; }
    public string Word => Sort.ToString().ToLowerInvariant();
    public IReadOnlyList<ItemKind> Kinds { get; private set; } = [];

    public string About => Sort switch
    {
        ItemSort.Tag => "A tag is what runs on the page. Choose what it is; when it fires comes next.",
        ItemSort.Trigger => "A trigger is the moment at which tags fire.",
        _ => "A variable is a value that is read when a tag fires or a trigger is looked at.",
    };

    public IActionResult OnGet(string sort)
    {
        if (!Enum.TryParse<ItemSort>(sort, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed)) return NotFound();
        Sort = parsed;
        Kinds = [.. ItemKinds.Of(Sort).Where(k => string.IsNullOrWhiteSpace(Q) || $"{k.Name} {k.Group} {k.About}".Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase))];
        return Page();
    }
}
