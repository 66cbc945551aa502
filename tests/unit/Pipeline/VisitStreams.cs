using CsCheck;
using SaaS.Analytics.Events;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>
/// Events of some browsers over days: some behind one address with one user agent, with and without consent, which comes and goes,
/// users that sign in on several of them, a server, clocks that are set back, visits of 24 hours, midnights with their
/// salts, ends of months and years and the days on which clocks change.
/// </summary>
static class VisitStreams
{
    const double Day = 1440;

    /// <summary>Beside the browsers: a server, which names users and has no address.</summary>
    const int Server = 4;

    /// <summary>Always has its device id and an address of its own: what it sends may come as late as anything may.</summary>
    const int AlwaysConsented = 3;

    /// <summary>One event, or a row of them; what it takes to arrive is in minutes.</summary>
    public sealed record Step(int Browser, double Gap, int Kind, double Delay, int Page, int Change, int Repeat);

    /// <param name="Id">Of the event.</param>
    /// <param name="Step">What it was made from.</param>
    /// <param name="At">Minutes after noon of the first day.</param>
    /// <param name="ArrivesAt">The same of its receipt.</param>
    /// <param name="Consented">With the browser's own id.</param>
    /// <param name="User">Who is signed in.</param>
    /// <param name="OverMidnight">Hashes of two days come with it, see <see cref="All"/>.</param>
    public sealed record Sent(Guid Id, Step Step, double At, double ArrivesAt, bool Consented, string User, bool OverMidnight)
    {
        public CollectedEvent Event => ToEvent(this);
    }

    static readonly double[] Gaps = [0.001, 0.5, 4, 14, 26, 29.9, 30, 30.1, 33, 90, 700, 1430, -0.7, -7, -95];
    static readonly double[] Delays = [0, 0, 0, 0.3, 2.5, 4.9, 8, 45, 300, 1500, 5 * Day, 29 * Day];

    /// <summary>Days after the first of March 2026, each at noon: also before the end of the month, of the year, and before clocks change.</summary>
    static readonly double[] Starts = [0, 27, 30, 237, 305];

    static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, Server], OneOf(Gaps), Gen.Int[0, 9], OneOf(Delays), Gen.Int[0, 3], Gen.Int[0, 15],
        Gen.Frequency((25, Gen.Const(1)), (1, Gen.Const(60))),
        (browser, gap, kind, delay, page, change, repeat) => new Step(browser, gap, kind, delay, page, change, repeat));

    /// <summary>
    /// Of two kinds, as the hash of another day is never stored: visits that go over midnight by hashes alone, where users keep to
    /// one address; and users on several of them and visits of 24 hours, without these hashes.
    /// </summary>
    public static readonly Gen<List<Sent>> All = Gen.Select(OneOf(Starts), Steps.List[1, 30], Gen.Bool)
        .Select((start, steps, overMidnight) => ToEvents(start, steps, overMidnight));

    static Gen<double> OneOf(double[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static List<Sent> ToEvents(double start, List<Step> steps, bool overMidnight)
    {
        var browsers = new Dictionary<int, (double At, bool Consented, string User)>();
        var sent = new List<Sent>();
        foreach (var step in steps)
            for (var i = 0; i < (overMidnight ? 1 : step.Repeat); i++)
            {
                var last = browsers.GetValueOrDefault(step.Browser, (start * Day, step.Browser == AlwaysConsented, step.Browser == Server ? "anna" : ""));
                var at = last.Item1 + (i == 0 ? step.Gap : 25);
                var (consented, user) = i == 0 ? Changed(step, last.Item2, last.Item3) : (last.Item2, last.Item3);
                browsers[step.Browser] = (at, consented, user);
                sent.Add(new(Guid.NewGuid(), step, at + (step.Browser + 1) * 0.001, at + 0.01 + Delay(step, at, overMidnight), consented, user, overMidnight));
            }
        // No two at once: which of them came first would be nobody's to say.
        return [.. sent.DistinctBy(s => At(s.At))];
    }

    static (bool Consented, string User) Changed(Step step, bool consented, string user) => (step.Browser, step.Change) switch
    {
        (Server, 0) => (false, "anna"),
        (Server, 1) => (false, "berta"),
        (Server, _) => (false, user),
        (AlwaysConsented, 4) => (true, user),
        (_, 0) => (consented, "anna"),
        (_, 1) => (consented, "berta"),
        (_, 2) => (consented, ""),
        (_, 3) => (true, user),
        (_, 4) => (false, ""),
        _ => (consented, user),
    };

    /// <summary>
    /// Who has no address, or always an id and an address of nobody else, may be offline for as long as the lateness bound. Of others the hash of
    /// the event's day is only known till the end of the next one, and that of the day before it till its own end.
    /// </summary>
    static double Delay(Step step, double at, bool overMidnight)
    {
        if (step.Browser is AlwaysConsented or Server)
            return step.Delay;
        var lastDay = At(at).Date.AddDays(overMidnight && At(at).Hour >= 12 ? 2 : 1);
        return Math.Min(step.Delay, (lastDay - At(at)).TotalMinutes - 1);
    }

    /// <summary>As the collector makes it: hashed with the salts of the day of receipt and of the day before.</summary>
    static CollectedEvent ToEvent(Sent s)
    {
        var (step, day) = (s.Step, (At(s.ArrivesAt).Date - Noon.Date).Days + 10);
        var isEngagement = step.Kind == 0;
        var identifies = step.Kind == 9 && s.User.Length > 0;
        return new CollectedEvent
        {
            Id = s.Id,
            Name = isEngagement ? EventNames.Engagement : identifies ? EventNames.Identify : step.Kind < 3 ? "signup" : EventNames.PageView,
            Timestamp = At(s.At), ClientTimestamp = At(s.At),
            Url = $"https://example.com/{step.Page}?utm_source=s{step.Page}",
            CookielessId = Hash(step.Browser, day), CookielessIdYesterday = s.OverMidnight ? Hash(step.Browser, day - 1) : 0,
            ConsentedId = s.Consented ? 200u + (ulong)step.Browser : 0,
            UserId = User(s), UserIdHash = UserHash(s), UserVerified = step.Page == 2,
            Mode = s.Consented || s.User.Length > 0 ? VisitorMode.Consented : VisitorMode.Cookieless,
            // Where no hash ties two days, nothing else is to look as if one did.
            Country = $"{Address(step.Browser)}{(s.OverMidnight ? "" : At(s.At).Day)}",
            Consent = s.Consented ? "analytics" : "",
            Props = identifies ? [new("plan", $"p{step.Page}"), new($"t{step.Page}", "x")] : [],
            Interactive = step.Kind == 1, EngagementMs = isEngagement ? 1000u : 0,
        };
    }

    static string User(Sent s) => s.User.Length == 0 || !s.OverMidnight ? s.User : s.User + Address(s.Step.Browser);

    static ulong UserHash(Sent s) => s.User.Length == 0 ? 0 : 300u + (s.User == "anna" ? 1u : 2u) + (s.OverMidnight ? 10u * (ulong)Address(s.Step.Browser) : 0);

    /// <summary>Browsers 0 and 1 are behind one.</summary>
    static int Address(int browser) => Math.Max(1, browser);

    static ulong Hash(int browser, int day) => browser == Server ? 0 : 10_000u * (ulong)(Address(browser) + 1) + (ulong)day;

    public static string Print(List<Sent> sent) => "\n" + string.Join('\n', sent.OrderBy(s => s.ArrivesAt).Select(s =>
        $"{s.ArrivesAt,10:0.000} {s.At,10:0.000} {s.Id.ToString()[..4]} {s.Event.Name,-10} {s.Event.CookielessId} {s.Event.CookielessIdYesterday} {s.Event.ConsentedId} {s.Event.UserId}"));
}
