using System.IO.Hashing;
using System.Text;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>The visitor hashes that a collector would have put into an event.</summary>
static class VisitorHashes
{
    /// <summary>Mode A: hash of the first-party id.</summary>
    public static ulong Consented(Person person) => Math.Max(1, XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(person.VisitorId)));

    /// <summary>Mode B: another number each UTC day.</summary>
    public static ulong Cookieless(Person person, DateTime day) =>
        Math.Max(1, Dice.Mix(person.Key, (ulong)DateOnly.FromDateTime(day).DayNumber));
}
