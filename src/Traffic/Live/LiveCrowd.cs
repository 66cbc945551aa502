using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Traffic.Live;

/// <summary>Visits as they begin now: by people whom the history knows, and by new ones.</summary>
/// <param name="profile">Who comes and what they do.</param>
/// <param name="seed">The history's seed, so that its people are the same.</param>
/// <param name="dice">Decides who comes when.</param>
sealed class LiveCrowd(TrafficProfile profile, ulong seed, Dice dice)
{
    /// <summary>People with lower numbers have been here before, in every history worth the name.</summary>
    const int KnownPeople = 20_000;
    const int FirstNewcomer = 1_000_000_000;

    readonly People people = new(profile, seed);

    /// <summary>The site's number is the collector's matter: it puts the hashes in.</summary>
    readonly VisitGenerator generator = new(siteId: 0, profile);

    public TimeSpan UntilNext(double visitsPerSecond) => TimeSpan.FromSeconds(dice.Exponential(1 / visitsPerSecond));

    public Visit Arrive(DateTime now)
    {
        var known = dice.Chance(profile.ReturningShare);
        var person = people.Get(known ? dice.Below(KnownPeople) : FirstNewcomer + dice.Below(int.MaxValue - FirstNewcomer));
        var source = HistoryCalendar.Sources(profile, daysAgo: 0, now.DayOfWeek).Pick(dice);
        return generator.Create(person, source, now, dice);
    }
}
