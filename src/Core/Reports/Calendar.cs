namespace SaaS.Analytics.Reports;

/// <summary>Days of a time zone, those of 23 and 25 hours included.</summary>
public sealed class Calendar
{
    readonly TimeZoneInfo zone;

    /// <exception cref="TimeZoneNotFoundException">No IANA zone of that name.</exception>
    public Calendar(string zoneId) => zone = TimeZoneInfo.FindSystemTimeZoneById(Zone = zoneId);

    /// <summary>IANA name.</summary>
    public string Zone { get; }

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>The first instant of the day: 01:00 where the clock jumps over midnight, the earlier where midnight comes twice.</summary>
    public DateTime Start(DateOnly day) => Utc(day.ToDateTime(TimeOnly.MinValue));

    public TimeRange Days(DateOnly first, DateOnly last) => new(Start(first), Start(last.AddDays(1)));

    /// <summary>The instant of a local time; the earlier one where it comes twice.</summary>
    public DateTime Utc(DateTime local)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
