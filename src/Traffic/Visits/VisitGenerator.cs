using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>Makes visits that follow a profile: the same arguments and dice give the same visit.</summary>
public sealed class VisitGenerator(int siteId, TrafficProfile profile)
{
    /// <summary>No visit is longer, whatever the profile's table says.</summary>
    const int MaxPages = 150;

    /// <param name="person">Who comes.</param>
    /// <param name="source">From where.</param>
    /// <param name="start">Time of the first page view, UTC.</param>
    /// <param name="dice">Decides everything else.</param>
    public Visit Create(Person person, TrafficSource source, DateTime start, Dice dice)
    {
        var walk = new Walk(siteId, profile, new Visit(person, source), start, dice);
        var kind = (source.Landing ?? profile.Landing).Pick(dice);
        for (var pages = 0; kind != PageKind.End && pages < MaxPages; pages++)
        {
            var leaves = pages == 0 && dice.Chance(source.BounceChance);
            var next = leaves ? PageKind.End : profile.Pages[kind].Next.Pick(dice);
            walk.View(profile.Pages[kind], next, leaves);
            kind = next;
        }
        return walk.Visit;
    }
}
