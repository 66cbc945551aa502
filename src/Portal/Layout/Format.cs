using System.Globalization;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>How numbers, durations and times are written; what cannot be said is an en dash.</summary>
public static class Format
{
    public const string Nothing = "–";
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>1,234 · 12.3k · 1.2M.</summary>
    public static string Number(double? value) => value switch
    {
        null => Nothing,
        double v when !double.IsFinite(v) => Nothing,
        double v when Math.Abs(v) >= 999_500_000 => Short(v, 1e9, "B"),
        double v when Math.Abs(v) >= 999_500 => Short(v, 1e6, "M"),
        double v when Math.Abs(v) >= 10_000 => Short(v, 1e3, "k"),
        double v => Math.Round(v).ToString("N0", English),
    };

    /// <summary>Every digit, for the hover.</summary>
    public static string Exact(double? value) =>
        value is { } v && double.IsFinite(v) ? v.ToString("#,##0.##", English) : Nothing;

    /// <param name="percent">12.3 means 12.3 %.</param>
    public static string Percent(double? percent) =>
        percent is { } v && double.IsFinite(v) ? v.ToString(Math.Abs(v) < 10 ? "0.#" : "0", English) + "%" : Nothing;

    /// <summary>45s · 1m 23s · 2h 5m.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } s || !double.IsFinite(s)) return Nothing;
        var time = TimeSpan.FromSeconds(Math.Round(s));
        if (time.TotalHours >= 1) return $"{(long)time.TotalHours}h {time.Minutes}m";
        return time.TotalMinutes >= 1 ? $"{time.Minutes}m {time.Seconds:00}s" : $"{time.Seconds}s";
    }

    /// <param name="amount">In whole units.</param>
    /// <param name="currency">ISO 4217; empty where it is not known.</param>
    public static string Money(double? amount, string currency) => amount is not { } v || !double.IsFinite(v) ? Nothing
        : (Math.Abs(v) >= 10_000 ? Number(v) : v.ToString("#,##0.00", English)) + (currency.Length == 0 ? "" : "\u00a0" + currency);

    /// <summary>Relative change in percent; null where there is nothing to compare with.</summary>
    public static double? Change(double now, double before) => before == 0 ? null : (now - before) / before * 100;

    /// <summary>22 Nov 2026, 14:05 in the zone.</summary>
    public static string Time(DateTime utc, string zone) => In(utc, zone).ToString("d MMM yyyy, HH:mm", English);

    /// <summary>14:05:09 in the zone.</summary>
    public static string Clock(DateTime utc, string zone) => In(utc, zone).ToString("HH:mm:ss", English);

    public static string Day(DateTime utc, string zone) => In(utc, zone).ToString("d MMM yyyy", English);

    /// <summary>12 minutes ago.</summary>
    public static string Ago(DateTime utc, DateTime now) => (now - utc) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } t => Some((int)t.TotalMinutes, "minute"),
        { TotalDays: < 1 } t => Some((int)t.TotalHours, "hour"),
        var t => Some((int)t.TotalDays, "day"),
    };

    static string Some(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")} ago";

    static string Short(double value, double unit, string letter) =>
        (value / unit).ToString(Math.Abs(value / unit) >= 99.95 ? "0" : "0.#", English) + letter;

    static DateTime In(DateTime utc, string zone) => TimeZoneInfo.ConvertTimeFromUtc(
        DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone));
}
