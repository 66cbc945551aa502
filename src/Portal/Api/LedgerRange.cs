using System.Globalization;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary>The minutes of receipt that a ledger is asked for, whole minutes in UTC.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The one after the last.</param>
/// <param name="Step">Its name: minute, hour or day.</param>
/// <param name="StepMinutes">Its length.</param>
sealed record LedgerRange(DateTime From, DateTime To, string Step, int StepMinutes)
{
    const int MostSteps = 1500;
    static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    /// <exception cref="ReportQueryException">A value is not understood, or the range has too many steps.</exception>
    public static LedgerRange Parse(string? from, string? to, string? step, DateTime now)
    {
        var (name, minutes) = Length(step);
        var end = string.IsNullOrEmpty(to) ? Minute(now).AddMinutes(1) : Instant("to", to);
        var start = string.IsNullOrEmpty(from) ? end - Usual : Instant("from", from);
        if (start >= end) throw new ReportQueryException("from", "from must lie before to.");
        if ((end - start).TotalMinutes / minutes > MostSteps)
            throw new ReportQueryException("step", $"The range has more than {MostSteps} steps: ask for a shorter one, or for a longer step.");
        return new LedgerRange(start, end, name, minutes);
    }

    static (string Name, int Minutes) Length(string? step) => step switch
    {
        null or "" or "minute" => ("minute", 1),
        "hour" => ("hour", 60),
        "day" => ("day", 1440),
        _ => throw new ReportQueryException("step", "step is minute, hour or day."),
    };

    static DateTime Instant(string field, string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at)
            ? Minute(at)
            : throw new ReportQueryException(field, $"{field} is a time such as 2026-05-04T12:00:00Z.");

    static DateTime Minute(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
}
