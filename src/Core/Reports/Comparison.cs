namespace SaaS.Analytics.Reports;

public enum Comparison
{
    None,
    PreviousPeriod,
    YearOverYear,

    /// <summary>With a range of the asker's choice.</summary>
    Custom,
}

public static class Comparisons
{
    const int Week = 7;

    /// <summary>The range a query is compared with.</summary>
    public static TimeRange Of(ReportQuery query) => query.Comparison == Comparison.Custom
        ? query.ComparedWith ?? throw new ReportQueryException("include.comparisons", "Name the range to compare with.")
        : Of(query.Range, query.Comparison, query.Calendar, query.MatchWeekday);

    /// <summary>The range to compare with; whole days stay whole days, across changes of the clock too.</summary>
    public static TimeRange Of(TimeRange range, Comparison comparison, Calendar calendar, bool matchWeekday = false)
    {
        var (from, to) = (calendar.Local(range.From), calendar.Local(range.To));
        Func<DateTime, DateTime> back = comparison == Comparison.YearOverYear ? at => at.AddYears(-1) : Previous(from, to);
        if (matchWeekday) back = Weekday(from, back(from), comparison);
        return new TimeRange(calendar.Utc(back(from)), calendar.Utc(back(to)));
    }

    /// <summary>The same length right before; whole days where the range is of whole days.</summary>
    static Func<DateTime, DateTime> Previous(DateTime from, DateTime to)
    {
        var length = from.TimeOfDay == to.TimeOfDay ? to.Date - from.Date : to - from;
        return at => at - length;
    }

    /// <summary>Whole weeks back: for the previous period so many that the two do not overlap, for a year the nearest.</summary>
    static Func<DateTime, DateTime> Weekday(DateTime from, DateTime before, Comparison comparison)
    {
        var weeks = (from - before).TotalDays / Week;
        var days = Week * (comparison == Comparison.YearOverYear ? Math.Round(weeks) : Math.Ceiling(weeks));
        return at => at.AddDays(-days);
    }
}
