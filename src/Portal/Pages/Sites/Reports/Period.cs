using System.Globalization;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;
using Calendar = SaaS.Analytics.Reports.Calendar;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A period of the date picker.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Name">What is read.</param>
/// <param name="Range">Its name in <see cref="DateRanges"/>.</param>
/// <param name="Shortcut">Keyboard shortcut.</param>
sealed record Period(string Key, string Name, string Range, string? Shortcut = null)
{
    public const string Custom = "custom";
    public const string Yesterday = "yesterday";
    public const string Default = "30d";

    public static IReadOnlyList<Period> All { get; } =
    [
        new("day", "Today", "day", "d"),
        new(Yesterday, "Yesterday", "2d"),
        new("7d", "Last 7 days", "7d", "w"),
        new("28d", "Last 28 days", "28d"),
        new(Default, "Last 30 days", Default),
        new("month", "Month to date", "month", "m"),
        new("12mo", "Last 12 months", "12mo", "y"),
    ];

    public static Period? Find(string? key) => All.FirstOrDefault(p => p.Key == key);

    public TimeRange In(AuthorizedSite site, DateTime now)
    {
        var range = DateRanges.Named(Range, site, now)!.Value;
        var calendar = new Calendar(site.TimeZone);
        return Key == Yesterday ? range with { To = calendar.Start(calendar.Day(now)) } : range;
    }

    /// <summary>The step of the chart for a range: no more points than can be told apart.</summary>
    public static TimeBucket Bucket(TimeRange range) => range.Length.TotalDays switch
    {
        <= 2.1 => TimeBucket.Hour,
        <= 100 => TimeBucket.Day,
        <= 380 => TimeBucket.Week,
        _ => TimeBucket.Month,
    };

    public static string Days(TimeRange range, Calendar calendar)
    {
        var (first, last) = (calendar.Day(range.From), calendar.Day(range.To.AddTicks(-1)));
        var text = CultureInfo.GetCultureInfo("en-GB");
        return first == last ? first.ToString("ddd d MMM yyyy", text) : $"{first.ToString("d MMM yyyy", text)} – {last.ToString("d MMM yyyy", text)}";
    }
}
