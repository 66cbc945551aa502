using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class EnvironmentsModel(TagDrafts drafts, TagPublishing publishing, IOptions<PortalSettings> settings, TimeProvider time) : TagPage
{
    [BindProperty, Required(ErrorMessage = "Name the environment.")]
    [RegularExpression("^[a-z][a-z0-9-]{0,39}$", ErrorMessage = "Use up to 40 small letters, digits and hyphens, with a letter first.")]
    public string? Name { get; set; }

    public IReadOnlyList<TagEnvironment> Environments { get; private set; } = [];
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public string Line(TagEnvironment environment)
    {
        var src = new Snippet(settings.Value.CollectorUrl.TrimEnd('/'), Site.TrackingId, Site.Domain).Src;
        return $"""<script async src="{src}{(environment.Key.Length > 0 ? "?env=" + environment.Key : "")}"></script>""";
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (MayEdit) await drafts.EnsureAsync(Site, cancel);
        Environments = await publishing.EnvironmentsAsync(Site, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid && await publishing.AddEnvironmentAsync(Site, Name!, By, cancel) is { } problem) ModelState.AddModelError(nameof(Name), problem);
        if (ModelState.IsValid)
        {
            TempData.Say($"The environment {Name} is there");
            return Redirect($"{Root}/environments");
        }
        await OnGetAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? which, CancellationToken cancel)
    {
        await publishing.RemoveEnvironmentAsync(Site, which ?? "", By, cancel);
        TempData.Say($"The environment {which} is removed");
        return Redirect($"{Root}/environments");
    }
}
