namespace SaaS.Analytics.Tags.Triggers;

/// <summary>A trigger that has conditions and nothing else to set.</summary>
public sealed record PlainTrigger;

public sealed record PageViewTrigger
{
    [Field("Also when the address changes inside the page", Input = FieldInput.Check, Hint = "For single-page apps. A change of what is behind # alone is no page view.")]
    public bool Inside { get; init; }
}

public sealed record ReturningTrigger
{
    [Field("From which visit on", Input = FieldInput.Number, Placeholder = "2", Hint = "Visits are remembered only for visitors who consented to analytics. For the others this trigger never fires.")]
    public int Visits { get; init; }
}

public sealed record VisibleTrigger
{
    [Field("CSS selector", Required = true, Input = FieldInput.Selector, Plain = true, Placeholder = "#pricing")] public string Selector { get; init; } = "";
    [Field("Visible share, percent", Input = FieldInput.Number, Placeholder = "50")] public int Percent { get; init; }
    [Field("For at least, milliseconds", Input = FieldInput.Number, Placeholder = "0")] public int Milliseconds { get; init; }

    [Field("Fires", Input = FieldInput.Choice, Choices = ["page=Once per page", "element=Once per element", "every=Each time it comes into view"])]
    public string Once { get; init; } = "";
}

public sealed record ScrollTrigger
{
    [Field("Direction", Input = FieldInput.Choice, Choices = ["vertical=Down", "horizontal=To the side"])] public string Direction { get; init; } = "";
    [Field("Unit", Input = FieldInput.Choice, Choices = ["percent=Percent of the page", "pixels=Pixels"])] public string Units { get; init; } = "";

    [Field("Depths", Required = true, Plain = true, Placeholder = "25,50,75,90", Pattern = @"^\s*\d+(\s*,\s*\d+)*\s*$", Advice = "Enter numbers with commas between, like 25,50,75.")]
    public string Depths { get; init; } = "";
}

public sealed record TimerTrigger
{
    [Field("Every, milliseconds", Required = true, Input = FieldInput.Number, Placeholder = "30000")] public int Milliseconds { get; init; }
    [Field("At most, times", Input = FieldInput.Number, Hint = "Empty: as long as the page is open.")] public int Limit { get; init; }
}

public sealed record VideoTrigger
{
    [Field("Statuses", Required = true, Plain = true, Placeholder = "start,progress,complete", Pattern = @"^\s*(start|pause|progress|complete)(\s*,\s*(start|pause|progress|complete))*\s*$", Advice = "Name some of start, pause, progress and complete, with commas between.")]
    public string Statuses { get; init; } = "";

    [Field("Progress at, percent", Plain = true, Placeholder = "25,50,75", Pattern = @"^\s*\d+(\s*,\s*\d+)*\s*$", Advice = "Enter numbers with commas between, like 25,50,75.")]
    public string Percents { get; init; } = "";

    [Field("YouTube too", Input = FieldInput.Check, Hint = "Loads YouTube's iframe API where the page has a player whose address says enablejsapi=1.")]
    public bool Youtube { get; init; }
}

public sealed record CustomEventTrigger
{
    [Field("Name of the event", Required = true, Plain = true, Placeholder = "purchase", Hint = "As in dataLayer.push({event: \"purchase\"}).")] public string Name { get; init; } = "";
    [Field("The name is a regular expression", Input = FieldInput.Check)] public bool Regex { get; init; }
}

public sealed record GroupTrigger
{
    [Field("All of these", Required = true, Input = FieldInput.Triggers, Plain = true)] public int[] All { get; init; } = [];
}
