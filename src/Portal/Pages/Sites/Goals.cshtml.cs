using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>The site's goals: how often they were reached, and the form that makes and changes them.</summary>
sealed class GoalsModel(SiteGoals goals, GoalParts parts) : ReportPage
{
    static readonly Report About = new("/goals", "Goals", [], []) { Keys = ["edit"] };

    [BindProperty] public GoalForm Form { get; set; } = new();
    public PagePart<GoalTable> Table { get; private set; } = null!;

    protected override Report Find() => About;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (Guid.TryParse(State["edit"], out var id) && State.Goals.FirstOrDefault(g => g.Id == id) is { } goal) Form = GoalForm.Of(goal);
        await CountAsync(cancel);
    }

    public async Task<IActionResult> OnGetReportAsync(CancellationToken cancel)
    {
        await CountAsync(cancel);
        return Partial("Reports/_Goals", this);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid && await goals.SaveAsync(Site, Form, cancel) is { } error) ModelState.AddModelError("Form.Name", error);
        if (ModelState.IsValid)
        {
            TempData.Say(Form.Id is null ? "The goal is set: past events count, too" : "The goal is changed");
            return Redirect(State.Plain.Url);
        }
        await CountAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (await goals.RemoveAsync(Site, id, cancel) is { } removed) TempData.Say($"The goal {removed.Name} is gone; its events are kept");
        return Redirect(State.Plain.Url);
    }

    async Task CountAsync(CancellationToken cancel) => Table = await parts.TableAsync(Site, State, cancel);
}
