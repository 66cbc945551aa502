using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Portal.Alerts;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>A rule's editor: form, preview, receivers, test.</summary>
sealed class AlertRuleModel(SiteRuleBook book, Receivers receivers, AlertPreviews previews, TestAlerts tests, ILogger<AlertRuleModel> log) : SitePage
{
    /// <summary>Null for a new rule.</summary>
    public Guid? Id { get; private set; }
    public uint Seen { get; private set; }
    public AlertRuleForm Form { get; private set; } = null!;
    public IReadOnlyList<Receiver> All { get; private set; } = [];
    public IReadOnlyCollection<Guid> Chosen { get; private set; } = [];
    public AlertPreview? Preview { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>It asks for days, and the site knows its visitors for one only, unless they consent or are identified.</summary>
    public bool NeedsConsent => Form.Kind == AlertKinds.Returning && Form.Settings.Text("away_unit") == "days" && !Site.ConsentedByDefault;

    public async Task<IActionResult> OnGetAsync(string rule, string? template, CancellationToken cancel)
    {
        if (rule == "new")
        {
            var chosen = AlertTemplate.Find(template) ?? AlertTemplate.All[0];
            Form = new AlertRuleForm(AlertKinds.Find(chosen.Kind)!, chosen.Name, chosen.Filled(), new Dictionary<string, string>());
            return await ShowAsync(cancel, first: true);
        }
        if (!Guid.TryParse(rule, out var id) || await book.FindAsync(Site, id, cancel) is not { } found || AlertKinds.Find(found.Kind) is not { } kind) return NotFound();
        (Id, Seen, Chosen) = (id, found.Version, found.Targets);
        Form = new AlertRuleForm(kind, found.Name, AlertSettings.Read(found.Settings), new Dictionary<string, string>());
        await CheckAsync(cancel);
        return await ShowAsync(cancel);
    }

    /// <summary>A goal or a segment that the rule names may be gone.</summary>
    async Task CheckAsync(CancellationToken cancel)
    {
        var (_, wrong) = await book.PastAsync(Site, Form.Settings, cancel);
        if (wrong.Count > 0) Form = Form with { Errors = wrong.Concat(Form.Errors).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.First().Value) };
    }

    /// <summary>The preview alone, while the form is being filled in.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string rule, CancellationToken cancel)
    {
        if (!await ReadAsync(rule, cancel)) return NotFound();
        return Request.Headers.ContainsKey("HX-Request") ? Partial("_AlertPreview", await WithPreviewAsync(cancel)) : await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(string rule, CancellationToken cancel)
    {
        if (!await ReadAsync(rule, cancel)) return NotFound();
        if (Form.Errors.Count > 0 || (Problem = await KeepAsync(cancel)) is not null) return await ShowAsync(cancel);
        TempData.Say("The rule is kept. It holds within seconds");
        return Redirect($"/sites/{Site.Domain}/alerts");
    }

    /// <summary>Of a rule as it is kept, not as it is being changed.</summary>
    public async Task<IActionResult> OnPostTestAsync(string rule, CancellationToken cancel)
    {
        if (!Guid.TryParse(rule, out var id) || await book.FindAsync(Site, id, cancel) is not { } found || AlertKinds.Find(found.Kind) is not { } kind) return NotFound();
        var preview = await PreviewAsync(kind, AlertSettings.Read(found.Settings), cancel);
        TempData.Say(await tests.SendAsync(Site, found, preview?.Alerts is [var last, ..] ? last : null, cancel));
        return Redirect($"/sites/{Site.Domain}/alerts/{id}");
    }

    async Task<bool> ReadAsync(string rule, CancellationToken cancel)
    {
        var posted = await Request.ReadFormAsync(cancel);
        if (AlertKinds.Find(posted["kind"]) is not { } kind) return false;
        if (rule != "new" && !Guid.TryParse(rule, out _)) return false;
        Id = rule == "new" ? null : Guid.Parse(rule);
        Seen = uint.TryParse(posted["seen"], out var seen) ? seen : 0;
        Chosen = [.. posted["targets"].Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        Form = AlertRuleForm.Of(kind, posted);
        await CheckAsync(cancel);
        return true;
    }

    async Task<string?> KeepAsync(CancellationToken cancel)
    {
        var targets = await receivers.TargetsAsync(Chosen, cancel);
        if (Id is { } id)
            return await book.ChangeAsync(Site, id, Seen, r => (r.Name, r.Settings, r.Targets) = (Form.Name, Form.Settings.ToJson(), targets), cancel);
        return await book.AddAsync(new AlertRule
        {
            TenantId = Site.TenantId, SiteId = Site.Id, Name = Form.Name, Kind = Form.Kind.Key, Settings = Form.Settings.ToJson(), Targets = targets, CreatedAt = book.Now,
        }, cancel);
    }

    /// <param name="cancel">Gives up.</param>
    /// <param name="first">Nobody is chosen yet: the members are offered.</param>
    async Task<IActionResult> ShowAsync(CancellationToken cancel, bool first = false)
    {
        All = await receivers.AllAsync(cancel);
        if (first) Chosen = [.. All.Where(r => r.Kind == TargetKinds.Member).Select(r => r.Id)];
        await WithPreviewAsync(cancel);
        return Page();
    }

    async Task<AlertRuleModel> WithPreviewAsync(CancellationToken cancel)
    {
        Preview = Form.Errors.Keys.All(k => k == "name") ? await PreviewAsync(Form.Kind, Form.Settings, cancel) : null;
        return this;
    }

    /// <returns>Null for rules about numbers, and where the event store does not answer: the form works without it.</returns>
    async Task<AlertPreview?> PreviewAsync(AlertKind kind, AlertSettings settings, CancellationToken cancel)
    {
        try
        {
            return kind.IsOfVisits && (await book.PastAsync(Site, settings, cancel)).Past is { } past ? await previews.RunAsync(Site, kind, settings, past, cancel) : null;
        }
        catch (Exception e) when (StoreAway.Is(e))
        {
            log.LogWarning(e, "The event store did not answer for the preview of an alert rule of site {Site}", Site.Id);
            return null;
        }
    }
}
