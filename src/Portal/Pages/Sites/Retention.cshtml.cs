using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Who comes back: cohorts, new beside returning, how often and after how long.</summary>
sealed class RetentionModel(ReportParts parts, Retention retention) : ReportPage
{
    static readonly Report About = new("/retention", "Retention", [], []) { Keys = ["unit"], Filterable = false };

    /// <summary>What can be chosen, with how far is looked.</summary>
    public static IReadOnlyList<(string Key, string Name, TimeBucket Unit, int Steps)> Units { get; } =
        [("day", "Daily", TimeBucket.Day, 14), ("week", "Weekly", TimeBucket.Week, 12), ("month", "Monthly", TimeBucket.Month, 12)];

    public (string Key, string Name, TimeBucket Unit, int Steps) Unit { get; private set; }
    public PagePart<RetentionTable> Table { get; private set; } = null!;

    protected override Report Find() => About;

    public async Task OnGetAsync(CancellationToken cancel) => await CountAsync(cancel);

    public async Task<IActionResult> OnGetReportAsync(CancellationToken cancel)
    {
        await CountAsync(cancel);
        return Partial("Reports/_Retention", this);
    }

    async Task CountAsync(CancellationToken cancel)
    {
        Unit = Units.FirstOrDefault(u => u.Key == State["unit"]) is { Key: not null } chosen ? chosen
            : Range.Length.TotalDays switch { <= 32 => Units[0], <= 125 => Units[1], _ => Units[2] };
        Table = await parts.GuardAsync("retention", () => retention.OfAsync(Site, Range, Unit.Unit, Unit.Steps, cancel));
    }
}
