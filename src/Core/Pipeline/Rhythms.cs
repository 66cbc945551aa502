using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>
/// Weak evidence of a program in the times of a visitor's page views: faster than anybody reads, or as even as no hand is.
/// Only of browsers: a server's events have no hash. Remembers the visitors seen last; what it says depends on the order of arrival, and begins anew with a new owner of the
/// partition. Not thread-safe.
/// </summary>
sealed class Rhythms
{
    const int Remembered = 20_000;
    const int Fast = 10;
    const int Even = 8;

    readonly RecentCache<VisitorKey, Rhythm> known = new(Remembered);

    public void Judge(EventRow row, in Identity ids)
    {
        if (ids.Cookieless == 0 || !EventNames.IsPageView(row.Name))
            return;
        var key = new VisitorKey(row.SiteId, ids.Consented != 0 ? ids.Consented : ids.Cookieless);
        var rhythm = known.TryGet(key, out var before) ? before.After(row.Timestamp) : new Rhythm(row.Timestamp, TimeSpan.Zero, 0, 0);
        known.Set(key, rhythm);
        if (rhythm.Fast >= Fast)
            BotVerdict.Add(row, 40, "", "fast_pages");
        if (rhythm.Even >= Even)
            BotVerdict.Add(row, 40, "", "even_pages");
        BotVerdict.Name(row);
    }

    /// <param name="At">Time of the last page view.</param>
    /// <param name="Pause">Time between the last two.</param>
    /// <param name="Fast">How many in a row came within a second.</param>
    /// <param name="Even">How many pauses in a row were as long as the one before.</param>
    readonly record struct Rhythm(DateTime At, TimeSpan Pause, int Fast, int Even)
    {
        static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
        static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(50);

        /// <summary>One that is out of order, or the same again, tells nothing.</summary>
        public Rhythm After(DateTime at)
        {
            var pause = at - At;
            return pause <= TimeSpan.Zero ? this
                : new Rhythm(at, pause, pause < Second ? Fast + 1 : 0, pause >= Second && IsAsLong(pause) ? Even + 1 : 0);
        }

        bool IsAsLong(TimeSpan pause) => (pause - Pause).Duration() <= (Pause / 50 > Jitter ? Pause / 50 : Jitter);
    }
}
