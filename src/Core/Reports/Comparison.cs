namespace SaaS.Analytics.Reports;

public enum Comparison
{
    None,
    PreviousPeriod,
    YearOverYear,
}

public static class Comparisons
{
    /// <summary>The range to compare with; whole days stay whole days, across changes of the clock too.</summary>
    public static TimeRange Of(TimeRange range, Comparison comparison, Calendar calendar)
    {
        var (from, to) = (calendar.Local(range.From), calendar.Local(range.To));
        Func<DateTime, DateTime> back = comparison == Comparison.YearOverYear ? at => at.AddYears(-1) : Previous(from, to);
        return new TimeRange(calendar.Utc(back(from)), calendar.Utc(back(to)));
    }

    /// <summary>The same length right before; whole days where the range is of whole days.</summary>
    static Func<DateTime, DateTime> Previous(DateTime from, DateTime to)
    {
        var length = from.TimeOfDay == to.TimeOfDay ? to.Date - from.Date : to - from;
        return at => at - length;
    }
}
