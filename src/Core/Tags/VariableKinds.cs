using SaaS.Analytics.Tags.Variables;

namespace SaaS.Analytics.Tags;

/// <summary>Every kind of variable, in the gallery's order. The runtime knows them in <c>src/Tracker/browser/tags/variables.ts</c>.</summary>
public static class VariableKinds
{
    const string Page = "Page";
    const string Elements = "Elements";
    const string Browser = "Browser";
    const string Tables = "Made of others";
    const string Visitor = "Visitor";
    const string Tags = "Tag manager";

    public static readonly IReadOnlyList<ItemKind> All =
    [
        ItemKind.Of<NameVariable>("layer", "Data layer", Page, "A value that the page pushed, under a dotted name."),
        ItemKind.Of<UrlVariable>("url", "Part of an address", Page, "A part of the page's address, or of another."),
        ItemKind.Of<NameVariable>("query", "Query parameter", Page, "A parameter of the page's address."),
        ItemKind.Of<ReferrerVariable>("referrer", "Part of the referrer", Page, "A part of the address that the visitor came from."),
        ItemKind.Of<PlainVariable>("title", "Title", Page, "The title of the page."),
        ItemKind.Of<NameVariable>("meta", "Meta tag", Page, "The content of a meta tag, by its name or property."),
        ItemKind.Of<ElementVariable>("element", "Element of the page", Elements, "Text or attribute of an element, by a CSS selector."),
        ItemKind.Of<ClickedVariable>("clicked", "Attribute of what was clicked", Elements, "Of the clicked element, or of the form that was sent."),
        ItemKind.Of<FactVariable>("fact", "Detail of the event", Elements, "What a click, form, scroll, video, error or history change brings."),
        ItemKind.Of<PlainVariable>("event", "Event", Elements, "The name of what happened."),
        ItemKind.Of<CookieVariable>("cookie", "Cookie", Browser, "The value of a first-party cookie."),
        ItemKind.Of<NameVariable>("local", "Local storage", Browser, "A value of localStorage."),
        ItemKind.Of<NameVariable>("session", "Session storage", Browser, "A value of sessionStorage."),
        ItemKind.Of<NameVariable>("js", "JavaScript variable", Browser, "A global variable of the page, under a dotted name."),
        ItemKind.Of<CodeVariable>("code", "Custom JavaScript", Browser, "The result of a function of your own."),
        ItemKind.Of<PlainVariable>("language", "Language", Browser, "The browser's language."),
        ItemKind.Of<ScreenVariable>("screen", "Screen size", Browser, "Of the screen or of the window."),
        ItemKind.Of<TimeVariable>("time", "Time", Browser, "The visitor's clock."),
        ItemKind.Of<RandomVariable>("random", "Random number", Browser, "A whole number between two others."),
        ItemKind.Of<ConstantVariable>("constant", "Constant", Tables, "A text that is written once and used everywhere."),
        ItemKind.Of<LookupVariable>("lookup", "Lookup table", Tables, "A value for each value of another variable."),
        ItemKind.Of<RegexVariable>("regex", "Regular expression table", Tables, "A value for each expression that another variable matches."),
        ItemKind.Of<VisitorVariable>("visitor", "Visitor", Visitor, "New or returning, and the number of the visit."),
        ItemKind.Of<VisitVariable>("visit", "Visit", Visitor, "Campaign, source, medium and first page of the visit."),
        ItemKind.Of<ConsentVariable>("consent", "Consent", Visitor, "granted, denied or unknown."),
        ItemKind.Of<PlainVariable>("environment", "Environment", Tags, "Name of the environment."),
        ItemKind.Of<PlainVariable>("version", "Version", Tags, "Number of the published version."),
        ItemKind.Of<PlainVariable>("site", "Tracking id", Tags, "The site's tracking id."),
    ];
}
