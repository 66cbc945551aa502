using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>
/// The steps of a time series. A bucket's number is what the SQL of its dimension returns: seconds since 1970 for minutes,
/// quarters and hours, days since 1970 (of the first day) for days, weeks and months.
/// </summary>
public static class Buckets
{
    static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <summary>Every bucket that the range touches, in order.</summary>
    public static IEnumerable<long> In(TimeRange range, TimeBucket bucket, Calendar calendar)
    {
        if (range.Length <= TimeSpan.Zero) return [];
        return Step(bucket) is { } step
            ? Instants(range, step, calendar)
            : Days(calendar.Day(range.From), calendar.Day(range.To.AddTicks(-1)), bucket);
    }

    /// <summary>The instant at which the bucket starts.</summary>
    public static DateTime Start(long number, TimeBucket bucket, Calendar calendar) =>
        Step(bucket) is not null
            ? DateTime.UnixEpoch.AddSeconds(number)
            : calendar.Start(Epoch.AddDays((int)number));

    /// <summary><c>2026-11-22</c>, or <c>2026-11-22 13:00:00</c> in local time for less than a day.</summary>
    public static string Label(long number, TimeBucket bucket, Calendar calendar) =>
        Step(bucket) is not null
            ? calendar.Local(DateTime.UnixEpoch.AddSeconds(number)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : Epoch.AddDays((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The length of a bucket that is no number of days.</summary>
    public static TimeSpan? Step(TimeBucket bucket) => bucket switch
    {
        TimeBucket.Minute => TimeSpan.FromMinutes(1),
        TimeBucket.QuarterHour => TimeSpan.FromMinutes(15),
        TimeBucket.Hour => TimeSpan.FromHours(1),
        _ => null,
    };

    static IEnumerable<long> Instants(TimeRange range, TimeSpan step, Calendar calendar)
    {
        // Asked anew at each step: some zones change the clock by half an hour.
        for (var at = range.From - Into(range.From); at < range.To; at += step - Into(at + step) is { Ticks: > 0 } whole ? whole : step)
            yield return (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

        TimeSpan Into(DateTime at) => new(calendar.Local(at).Ticks % step.Ticks);
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
