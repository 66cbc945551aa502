using SaaS.Analytics.Tags.Templates;

namespace SaaS.Analytics.Tags;

/// <summary>Every tag template, in the gallery's order. A new one is a record here and a file in <c>src/Tracker/browser/tags/templates</c>.</summary>
public static class TagTemplates
{
    const string Own = "This product";
    const string Google = "Google";
    const string Ads = "Advertising";
    const string Behaviour = "Analytics";
    const string Code = "Your own code";
    static readonly string[] AdConsent = ["ads"];
    static readonly string[] AnalyticsConsent = ["analytics"];

    public static readonly IReadOnlyList<ItemKind> All =
    [
        ItemKind.Of<EventTag>("event", "Event", Own, "Sends an event of your own to this product."),
        ItemKind.Of<PageViewTag>("pageview", "Page view", Own, "Counts a page view by hand, with props."),
        ItemKind.Of<RevenueTag>("revenue", "Revenue", Own, "Reports a purchase with its amount."),
        ItemKind.Of<GoogleTag>("google-tag", "Google tag", Google, "Loads Google's tag for Analytics or Ads.") with { Needs = AnalyticsConsent },
        ItemKind.Of<Ga4EventTag>("ga4-event", "GA4 event", Google, "Sends an event to Google Analytics 4.") with { Needs = AnalyticsConsent },
        ItemKind.Of<GoogleAdsTag>("google-ads", "Google Ads conversion", Google, "Reports a conversion to Google Ads.") with { Needs = AdConsent },
        ItemKind.Of<MetaTag>("meta", "Meta Pixel", Ads, "Page views and events for Facebook and Instagram ads.") with { Needs = AdConsent },
        ItemKind.Of<LinkedInTag>("linkedin", "LinkedIn Insight", Ads, "Page views and conversions for LinkedIn ads.") with { Needs = AdConsent },
        ItemKind.Of<UetTag>("uet", "Microsoft Advertising UET", Ads, "Page views and events for Microsoft's ads.") with { Needs = AdConsent },
        ItemKind.Of<TikTokTag>("tiktok", "TikTok Pixel", Ads, "Page views and events for TikTok ads.") with { Needs = AdConsent },
        ItemKind.Of<ClarityTag>("clarity", "Microsoft Clarity", Behaviour, "Recordings and heat maps by Clarity.") with { Needs = AnalyticsConsent },
        ItemKind.Of<HotjarTag>("hotjar", "Hotjar", Behaviour, "Recordings, heat maps and events by Hotjar.") with { Needs = AnalyticsConsent },
        ItemKind.Of<MatomoTag>("matomo", "Matomo", Behaviour, "Page views and events for a Matomo server.") with { Needs = AnalyticsConsent, OwnServer = true },
        ItemKind.Of<HtmlTag>("html", "Custom HTML", Code, "Puts HTML of your own on the page."),
        ItemKind.Of<JavaScriptTag>("js", "Custom JavaScript", Code, "Runs JavaScript of your own."),
        ItemKind.Of<ImageTag>("image", "Custom image", Code, "Calls a pixel by its address."),
    ];
}
