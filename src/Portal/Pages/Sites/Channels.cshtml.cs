using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;

namespace SaaS.Analytics.Portal.Pages.Sites;

sealed class ChannelsModel(ChannelChanges changes, TimeProvider time) : SitePage
{
    const int Most = 100;
    const string Outdated = "Somebody else changed the rules in the meantime. This is how they stand now: look, and try again.";

    [BindProperty] public ChannelForm Form { get; set; } = new();

    /// <summary>Version the page showed.</summary>
    [BindProperty] public int Seen { get; set; }

    public IReadOnlyList<ChannelRuleVersion> Versions { get; private set; } = [];
    public IReadOnlyList<ChannelRule> Rules { get; private set; } = [];
    public string? Problem { get; private set; }
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Versions = await changes.VersionsAsync(Site, cancel);
        var inForce = Versions is [var newest, ..] ? newest : null;
        Rules = ChannelChanges.RulesOf(inForce);
        Seen = inForce?.Number ?? 0;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (rule, error) = ModelState.IsValid ? Form.ToRule() : default;
        if (error is not null) ModelState.AddModelError("Form.Value", error);
        var rules = await RulesAsync(cancel);
        if (rules.Count >= Most) ModelState.AddModelError("Form.Channel", $"A site has at most {Most} rules.");
        if (rule is not null && ModelState.IsValid) return await PublishAsync([rule, .. rules], $"Added {rule.Channel} on top", cancel);
        await OnGetAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(int index, int by, CancellationToken cancel)
    {
        ModelState.Clear();
        var rules = (await RulesAsync(cancel)).ToList();
        var to = index + Math.Sign(by);
        if (index < 0 || to < 0 || index >= rules.Count || to >= rules.Count) return Redirect(Address);
        (rules[index], rules[to]) = (rules[to], rules[index]);
        return await PublishAsync(rules, $"Moved {rules[to].Channel} {(by < 0 ? "up" : "down")}", cancel);
    }

    public async Task<IActionResult> OnPostRemoveAsync(int index, CancellationToken cancel)
    {
        ModelState.Clear();
        var rules = (await RulesAsync(cancel)).ToList();
        if (index < 0 || index >= rules.Count) return Redirect(Address);
        var removed = rules[index];
        rules.RemoveAt(index);
        return await PublishAsync(rules, $"Removed {removed.Channel}", cancel);
    }

    public async Task<IActionResult> OnPostRestoreAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        return await PublishAsync(ChannelRules.Shipped, "Restored the default rules", cancel);
    }

    public async Task<IActionResult> OnPostBackAsync(int number, CancellationToken cancel)
    {
        ModelState.Clear();
        return await changes.FindAsync(Site, number, cancel) is { } version
            ? await PublishAsync(ChannelChanges.RulesOf(version), $"Went back to version {number}", cancel)
            : NotFound();
    }

    string Address => $"/sites/{Site.Domain}/channels";

    /// <summary>The rules that the member saw, which are what a change is about.</summary>
    async Task<IReadOnlyList<ChannelRule>> RulesAsync(CancellationToken cancel) =>
        ChannelChanges.RulesOf(await changes.FindAsync(Site, Seen, cancel));

    async Task<IActionResult> PublishAsync(IEnumerable<ChannelRule> rules, string change, CancellationToken cancel)
    {
        if (await changes.PublishAsync(Site, Seen, rules, change, cancel))
        {
            TempData.Say($"{change}. It holds for visits from now on");
            return Redirect(Address);
        }
        Problem = Outdated;
        await OnGetAsync(cancel);
        ModelState.Remove(nameof(Seen));
        return Page();
    }
}
