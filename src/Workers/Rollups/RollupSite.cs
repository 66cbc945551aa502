using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>A site whose days are built.</summary>
/// <param name="Site">The site.</param>
/// <param name="Calendar">Days in its zone.</param>
/// <param name="Today">Its day now.</param>
sealed record RollupSite(Site Site, Calendar Calendar, DateOnly Today)
{
    public string Settings => RollupSettings.Of(Site.TimeZone, Site.BounceSeconds);

    public static RollupSite Of(Site site, DateTime now)
    {
        var calendar = new Calendar(site.TimeZone);
        return new RollupSite(site, calendar, calendar.Day(now));
    }
}

/// <summary>Days in a row of a site that are built together.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="Reason">As in <see cref="Data.RollupBuild.Reason"/>.</param>
sealed record RollupBatch(DateOnly First, DateOnly Last, string Reason)
{
    public const string New = "new";
    public const string Changed = "changed";

    public int Length => Last.DayNumber - First.DayNumber + 1;

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Length).Select(First.AddDays);
}
