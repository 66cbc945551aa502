using System.Globalization;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>Props with a meaning of their own, on the events that carry them, become fields.</summary>
static class KnownProps
{
    static readonly double MaxEngagement = TimeSpan.FromDays(1).TotalMilliseconds;

    public static void Lift(EventDraft e)
    {
        switch (e.Name)
        {
            case EventNames.Engagement:
                e.EngagementMs = (uint)Number(Take(e, "engagement_ms"), MaxEngagement);
                e.ScrollDepth = (byte)Number(Take(e, "scroll_depth"), 100);
                e.PageViewId = Guid.TryParse(Take(e, "pageview_id"), out var page) ? page : default;
                break;
            case EventNames.AdImpression or EventNames.AdClick:
                e.AdId = Short(Take(e, "ad_id"));
                e.AdCampaignId = Short(Take(e, "campaign_id"));
                e.AdPlacement = Short(Take(e, "placement"));
                break;
        }
    }

    static string Take(EventDraft e, string key)
    {
        var at = e.Props.FindIndex(p => p.Key == key);
        if (at < 0) return "";
        var value = e.Props[at].Value;
        e.Props.RemoveAt(at);
        return value;
    }

    static double Number(string text, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? Math.Min(number, max) : 0;

    static string Short(string text) => JsonText.Cut(text, EventLimits.TextLength);
}
