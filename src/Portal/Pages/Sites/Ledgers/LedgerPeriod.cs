using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages.Sites.Ledgers;

/// <summary>A range of the ledger page.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Name">What is read.</param>
/// <param name="Length">Up to now.</param>
/// <param name="StepMinutes">Minutes of a row.</param>
public sealed record LedgerPeriod(string Key, string Name, TimeSpan Length, int StepMinutes)
{
    const int Hour = 60;
    const int Day = 1440;

    public static readonly IReadOnlyList<LedgerPeriod> All =
    [
        new("hour", "Last hour", TimeSpan.FromHours(1), 1),
        new("day", "Last 24 hours", TimeSpan.FromHours(24), Hour),
        new("7d", "Last 7 days", TimeSpan.FromDays(7), Day),
        new("30d", "Last 30 days", TimeSpan.FromDays(30), Day),
    ];

    /// <summary>The first for words that name none.</summary>
    public static LedgerPeriod Of(string? key) => All.FirstOrDefault(p => p.Key == key) ?? All[0];

    /// <summary>Heading of the first column.</summary>
    public string StepName => StepMinutes switch { 1 => "Minute of receipt", Hour => "Hour of receipt", _ => "Day of receipt (UTC)" };

    /// <summary>Days are those of UTC, as receipt is counted; shorter steps are shown in the site's zone.</summary>
    public string StepText(DateTime at, string zone) => StepMinutes == Day ? Format.Day(at, "UTC") : Format.Time(at, zone);
}
