namespace SaaS.Analytics.Events;

/// <summary>Event names that the product itself gives a meaning; every other name is a custom event.</summary>
public static class EventNames
{
    public const string PageView = "pageview";
    public const string ScreenView = "screenview";
    public const string Engagement = "engagement";
    public const string Identify = "identify";
    public const string AdImpression = "ad_impression";
    public const string AdClick = "ad_click";

    public static bool IsPageView(string name) => name is PageView or ScreenView;

    /// <summary>Custom events can end a bounce; the names above cannot.</summary>
    public static bool IsCustom(string name) =>
        !IsPageView(name) && name is not (Engagement or Identify or AdImpression or AdClick);
}
