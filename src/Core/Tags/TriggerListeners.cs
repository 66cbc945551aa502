namespace SaaS.Analytics.Tags;

/// <summary>Which listener of the runtime a trigger needs; most need none.</summary>
static class TriggerListeners
{
    public static string? Of(ItemContent trigger) => trigger.Kind switch
    {
        "click" or "link" or "download" or "outbound" => "click",
        "submit" or "visible" or "scroll" or "history" or "timer" or "error" or "video" or "interaction" or "leave" => trigger.Kind,
        "pageview" when trigger.Text("inside") == "true" => "history",
        _ => null,
    };
}
