using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>
/// The steps of a time series. A bucket's number is what the SQL of its dimension returns: seconds since 1970 for minutes
/// and hours, days since 1970 (of the first day) for days, weeks and months.
/// </summary>
public static class Buckets
{
    static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <summary>Every bucket that the range touches, in order.</summary>
    public static IEnumerable<long> In(TimeRange range, TimeBucket bucket, Calendar calendar)
    {
        if (range.Length <= TimeSpan.Zero) return [];
        return bucket is TimeBucket.Minute or TimeBucket.Hour
            ? Instants(range, bucket == TimeBucket.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1), calendar)
            : Days(calendar.Day(range.From), calendar.Day(range.To.AddTicks(-1)), bucket);
    }

    /// <summary>The instant at which the bucket starts.</summary>
    public static DateTime Start(long number, TimeBucket bucket, Calendar calendar) =>
        bucket is TimeBucket.Minute or TimeBucket.Hour
            ? DateTime.UnixEpoch.AddSeconds(number)
            : calendar.Start(Epoch.AddDays((int)number));

    /// <summary><c>2026-11-22</c>, or <c>2026-11-22 13:00:00</c> in local time for minutes and hours.</summary>
    public static string Label(long number, TimeBucket bucket, Calendar calendar) =>
        bucket is TimeBucket.Minute or TimeBucket.Hour
            ? calendar.Local(DateTime.UnixEpoch.AddSeconds(number)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : Epoch.AddDays((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static IEnumerable<long> Instants(TimeRange range, TimeSpan step, Calendar calendar)
    {
        var into = calendar.Local(range.From).Ticks % step.Ticks;
        for (var at = range.From.AddTicks(-into); at < range.To; at += step)
            yield return (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
    }

    static IEnumerable<long> Days(DateOnly first, DateOnly last, TimeBucket bucket)
    {
        for (var day = StartOf(first, bucket); day <= last; day = Next(day, bucket))
            yield return day.DayNumber - Epoch.DayNumber;
    }

    static DateOnly StartOf(DateOnly day, TimeBucket bucket) => bucket switch
    {
        TimeBucket.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        TimeBucket.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    static DateOnly Next(DateOnly day, TimeBucket bucket) => bucket switch
    {
        TimeBucket.Week => day.AddDays(7),
        TimeBucket.Month => day.AddMonths(1),
        _ => day.AddDays(1),
    };
}
