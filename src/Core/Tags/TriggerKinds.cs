using SaaS.Analytics.Tags.Triggers;

namespace SaaS.Analytics.Tags;

/// <summary>Every kind of trigger, in the gallery's order. The runtime knows them in <c>src/Tracker/browser/tags/triggers.ts</c>.</summary>
public static class TriggerKinds
{
    const string Page = "Page";
    const string Clicks = "Clicks and forms";
    const string Behaviour = "Behaviour";
    const string Other = "Other";

    public static readonly IReadOnlyList<ItemKind> All =
    [
        ItemKind.Of<PageViewTrigger>("pageview", "Page view", Page, "A page is opened."),
        ItemKind.Of<PlainTrigger>("dom", "DOM ready", Page, "The page's HTML is complete."),
        ItemKind.Of<PlainTrigger>("load", "Window loaded", Page, "The page with its images is complete."),
        ItemKind.Of<PlainTrigger>("history", "History change", Page, "The address changes inside the page."),
        ItemKind.Of<ReturningTrigger>("returning", "Returning visitor", Page, "Somebody who consented is here again."),
        ItemKind.Of<PlainTrigger>("consent-init", "Consent initialization", Page, "Before everything else."),
        ItemKind.Of<PlainTrigger>("init", "Initialization", Page, "Before page views."),
        ItemKind.Of<PlainTrigger>("consent", "Consent decided", Page, "The visitor has chosen, now or before, or has changed the choice."),
        ItemKind.Of<PlainTrigger>("click", "Click on anything", Clicks, "Any element is clicked."),
        ItemKind.Of<PlainTrigger>("link", "Click on a link", Clicks, "A link is clicked."),
        ItemKind.Of<PlainTrigger>("outbound", "Click on an outbound link", Clicks, "A link to another site is clicked."),
        ItemKind.Of<PlainTrigger>("download", "Click on a download", Clicks, "A link to a file is clicked."),
        ItemKind.Of<PlainTrigger>("submit", "Form sent", Clicks, "A form is sent. What is typed is never read."),
        ItemKind.Of<VisibleTrigger>("visible", "Element in view", Behaviour, "An element comes into view."),
        ItemKind.Of<ScrollTrigger>("scroll", "Scroll depth", Behaviour, "The page is scrolled so far."),
        ItemKind.Of<TimerTrigger>("timer", "Timer", Behaviour, "Some time has passed."),
        ItemKind.Of<VideoTrigger>("video", "Video", Behaviour, "A video starts, goes on, is paused or ends: HTML and YouTube."),
        ItemKind.Of<PlainTrigger>("interaction", "First interaction", Behaviour, "The first click, key, touch or turn of the wheel."),
        ItemKind.Of<PlainTrigger>("leave", "Leave intent", Behaviour, "The mouse leaves the page at the top."),
        ItemKind.Of<CustomEventTrigger>("custom", "Custom event", Other, "The page pushes an event into the data layer."),
        ItemKind.Of<PlainTrigger>("error", "JavaScript error", Other, "An error of the page that nothing caught."),
        ItemKind.Of<GroupTrigger>("group", "Trigger group", Other, "All of several triggers have fired on this page."),
    ];

    /// <summary>What every container has; their numbers are negative.</summary>
    public static readonly IReadOnlyList<ItemContent> BuiltIn =
    [
        Make(-1, "pageview", "All pages"),
        Make(-2, "dom", "DOM ready"),
        Make(-3, "load", "Window loaded"),
        Make(-4, "consent-init", "Consent initialization"),
        Make(-5, "init", "Initialization"),
    ];

    static ItemContent Make(int number, string kind, string name) =>
        new(ItemSort.Trigger, number, kind, name) { Settings = kind == "pageview" ? new() { ["inside"] = true } : [] };
}
