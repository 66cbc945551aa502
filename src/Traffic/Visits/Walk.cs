using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>One visit while it is being made: where the visitor is, what time it is, what lies in the cart.</summary>
sealed class Walk(int siteId, TrafficProfile profile, Visit visit, DateTime start, Dice dice)
{
    const double LongestStay = 900;
    readonly EventWriter writer = new(siteId, profile, visit.Person, dice);
    readonly List<CollectedEvent> during = [];
    DateTime now = start;
    string lastUrl = "";
    decimal cart;
    bool bought;

    public Visit Visit => visit;

    /// <param name="kind">Kind of the page that is opened.</param>
    /// <param name="next">Where the visitor goes afterwards.</param>
    /// <param name="leaves">Sees at once that this is not it.</param>
    public void View(PageKind kind, string next, bool leaves)
    {
        var page = kind.Pages.Pick(dice);
        var seconds = Stay(kind, leaves);
        writer.Open(page, Url(page));
        visit.Events.Add(writer.PageView(now, lastUrl.Length == 0 ? visit.Source.Referrer : lastUrl));
        lastUrl = writer.Url;
        if (!visit.Person.Device.IsBot)
        {
            Ads(kind, seconds);
            if (!leaves) Actions(kind, page, next, seconds);
            Stayed(seconds);
        }
        now = At(seconds + 0.1 + dice.Share() * 0.4);
    }

    double Stay(PageKind kind, bool leaves)
    {
        if (visit.Person.Device.IsBot) return 0.5 + dice.Exponential(3);
        var seconds = leaves ? 1.5 + dice.Exponential(2.5) : dice.LogNormal(kind.MedianSeconds, 0.85);
        return Math.Clamp(seconds, 1.5, LongestStay);
    }

    string Url(Page page)
    {
        var url = $"https://{profile.Host}{page.Path}";
        return lastUrl.Length == 0 && visit.Source.Query.Length > 0 ? $"{url}?{visit.Source.Query}" : url;
    }

    void Ads(PageKind kind, double seconds)
    {
        if (profile.Ads.Count == 0) return;
        foreach (var placement in kind.Placements)
        {
            var ad = profile.Ads.Pick(dice);
            during.Add(writer.Ad(EventNames.AdImpression, At(0.2 + dice.Share()), ad, placement));
            if (dice.Chance(ad.ClickRate))
                during.Add(writer.Ad(EventNames.AdClick, At(1.3 + dice.Share() * (seconds - 1.3)), ad, placement));
        }
    }

    void Actions(PageKind kind, Page page, string next, double seconds)
    {
        foreach (var action in kind.Actions)
        {
            if (action.Before is not null && action.Before != next || !dice.Chance(action.Chance) || action.Buys && bought) continue;
            if (action.Adds) cart += page.Price;
            during.Add(writer.Action(At(0.3 + dice.Share() * (seconds - 0.3)), action, action.Buys ? Checkout() : null));
        }
    }

    /// <summary>Somebody who pays without having been seen to choose has an old cart.</summary>
    decimal Checkout()
    {
        bought = true;
        return cart > 0 ? cart : 24.90m;
    }

    void Stayed(double seconds)
    {
        during.Sort((a, b) => a.Timestamp.CompareTo(b.Timestamp));
        visit.Events.AddRange(during);
        during.Clear();
        var milliseconds = (uint)(seconds * 1000 * (0.65 + 0.35 * dice.Share()));
        visit.Events.Add(writer.Engagement(At(seconds), milliseconds, scrollDepth: (byte)(15 + dice.Below(86))));
    }

    /// <summary>Whole milliseconds, as the store keeps them.</summary>
    DateTime At(double seconds) => now.AddTicks((long)(seconds * 1000) * TimeSpan.TicksPerMillisecond);
}
