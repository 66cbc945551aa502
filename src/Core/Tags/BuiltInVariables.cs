namespace SaaS.Analytics.Tags;

/// <summary>Variables that every container has, under the names that users of Google Tag Manager expect. They have no numbers.</summary>
public static class BuiltInVariables
{
    public static readonly IReadOnlyList<ItemContent> All =
    [
        Make("Page URL", "url"), Make("Page Hostname", "url", ("part", "host")), Make("Page Path", "url", ("part", "path")),
        Make("Page Query", "url", ("part", "query")), Make("Page Fragment", "url", ("part", "fragment")), Make("Page Title", "title"),
        Make("Referrer", "referrer"), Make("Referrer Hostname", "referrer", ("part", "host")), Make("Event", "event"),
        Fact("Click Element", "element"), Fact("Click Classes", "classes"), Fact("Click ID", "id"), Fact("Click Target", "target"),
        Fact("Click URL", "url"), Fact("Click Text", "text"),
        Fact("Form Element", "element"), Fact("Form Classes", "classes"), Fact("Form ID", "id"), Fact("Form Target", "target"),
        Fact("Form URL", "url"), Fact("Form Text", "text"),
        Fact("Error Message", "message"), Fact("Error URL", "file"), Fact("Error Line", "line"),
        Fact("New History Fragment", "newFragment"), Fact("Old History Fragment", "oldFragment"), Fact("New History State", "newState"),
        Fact("Old History State", "oldState"), Fact("History Source", "source"),
        Fact("Scroll Depth Threshold", "threshold"), Fact("Scroll Depth Units", "units"), Fact("Scroll Direction", "direction"),
        Fact("Percent Visible", "percent"), Fact("On-Screen Duration", "milliseconds"),
        Fact("Video Provider", "provider"), Fact("Video Status", "status"), Fact("Video URL", "url"), Fact("Video Title", "title"),
        Fact("Video Duration", "duration"), Fact("Video Current Time", "time"), Fact("Video Percent", "percent"),
        Make("Container ID", "site"), Make("Container Version", "version"), Make("Environment Name", "environment"),
        Make("Random Number", "random", ("from", "0"), ("to", "2147483647")), Make("Language", "language"),
        Make("Consent Analytics", "consent", ("name", "analytics")), Make("Consent Ads", "consent", ("name", "ads")),
    ];

    static ItemContent Fact(string name, string fact) => Make(name, "fact", ("name", fact));

    static ItemContent Make(string name, string kind, params (string Key, string Value)[] settings)
    {
        var item = new ItemContent(ItemSort.Variable, 0, kind, name);
        foreach (var (key, value) in settings) item.Settings[key] = value;
        return item;
    }
}
