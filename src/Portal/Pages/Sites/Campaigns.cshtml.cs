using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites.Ads;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Campaigns down to their contents with conversions, revenue and cost; ads by the rules of counting.</summary>
[RequestSizeLimit(8 << 20)]
sealed class CampaignsModel(CampaignParts parts, AdCosts costs) : ReportPage
{
    static readonly Report About = new("/campaigns", "Campaigns", [], [])
    {
        Keys = ["by", "goal"],
        Where = [new AnyOf([.. CampaignLevel.All.Select(l => Match.Is(l.Dimension, "") with { Negated = true })])],
    };

    public PagePart<CampaignTable> Table { get; private set; } = null!;
    public PagePart<AdTable> Ads { get; private set; } = null!;
    public IReadOnlyList<string> Errors { get; private set; } = [];

    protected override Report Find() => About;

    public Task OnGetAsync(CancellationToken cancel) => CountAsync(cancel);

    public async Task<IActionResult> OnGetReportAsync(CancellationToken cancel)
    {
        await CountAsync(cancel);
        return Partial("Reports/_Campaigns", this);
    }

    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, string? currency, CancellationToken cancel)
    {
        if (file is null || file.Length == 0) Errors = ["Choose a CSV file."];
        else
        {
            using var text = new StreamReader(file.OpenReadStream());
            var (lines, errors) = AdCostCsv.Parse(text, (currency ?? "").Trim().ToUpperInvariant());
            Errors = errors;
            if (errors.Count == 0)
            {
                var rows = await costs.ImportAsync(Site, lines, cancel);
                TempData.Say($"{Format.Exact(rows)} costs from {lines.Min(l => l.Day):d MMM yyyy} to {lines.Max(l => l.Day):d MMM yyyy} are in");
                return Redirect(State.Url);
            }
        }
        await CountAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostForgetAsync(CancellationToken cancel)
    {
        var gone = await costs.RemoveAsync(Site, Calendar.Day(Range.From), Calendar.Day(Range.To.AddTicks(-1)), cancel);
        TempData.Say($"{Format.Exact(gone)} costs are removed");
        return Redirect(State.Url);
    }

    async Task CountAsync(CancellationToken cancel)
    {
        Table = await parts.TableAsync(Site, State, cancel);
        Ads = await parts.AdsAsync(Site, State, cancel);
    }
}
