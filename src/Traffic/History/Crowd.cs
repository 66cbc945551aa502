using SaaS.Analytics.Traffic.Profiles;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Traffic.History;

/// <summary>Who has been here so far, and who comes next. Nobody makes two visits at once, or two that would be one.</summary>
sealed class Crowd(HistoryPlan plan, Dice dice)
{
    /// <summary>Longer than the gap that ends a visit.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMinutes(61);

    readonly People people = new(plan.Profile, plan.Seed);
    readonly Weighted<int> hours = new(plan.Profile.Hours.Select((weight, hour) => (hour, weight)));

    /// <summary>Of every person, by number: the day and the end of the last visit.</summary>
    readonly List<(int Day, DateTime End)> last = [];
    int knownBeforeToday;

    public void Begin() => knownBeforeToday = last.Count;

    /// <summary>Somebody who comes on that day, and when; null where the time drawn does not fit and another should be asked.</summary>
    public (int Number, Person Person, DateTime Start)? Next(HistoryDay day)
    {
        var returning = knownBeforeToday > 0 && dice.Chance(plan.Profile.ReturningShare);
        var number = returning ? Known() : Newcomer();
        var person = people.Get(number);
        var start = Start(day, person.Country);
        var (lastDay, lastEnd) = last[number];
        var fits = start >= plan.From && start < plan.To && start < day.End && lastDay != day.Number && lastEnd + Gap < start;
        return fits ? (number, person, start) : null;
    }

    public void Left(int number, HistoryDay day, DateTime end) => last[number] = (day.Number, end);

    /// <summary>Those who were here lately come back more often.</summary>
    int Known() => knownBeforeToday - 1 - (int)(knownBeforeToday * Math.Pow(dice.Share(), 1.6));

    int Newcomer()
    {
        last.Add((-1, plan.From.AddDays(-1)));
        return last.Count - 1;
    }

    DateTime Start(HistoryDay day, Country country)
    {
        var hour = hours.Pick(dice) - country.Ahead;
        return day.Start.AddMilliseconds(((hour + 24) % 24) * 3_600_000L + dice.Below(3_600_000));
    }
}
