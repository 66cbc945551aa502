namespace SaaS.Analytics.Tags.Templates;

/// <summary>Source: opsblu.com/documentation/analytics-platforms/microsoft-clarity, read 2026-11-27.</summary>
public sealed record ClarityTag
{
    [Field("Project ID", Required = true, Placeholder = "abcdef1234", Pattern = "^[a-z0-9]{6,20}$", Advice = "Enter the ID of the project, letters and digits.")]
    public string Id { get; init; } = "";
}

/// <summary>Source: opsblu.com/documentation/analytics-platforms/hotjar, read 2026-11-27.</summary>
public sealed record HotjarTag
{
    [Field("Site ID", Required = true, Placeholder = "1234567", Pattern = @"^\d{3,12}$", Advice = "Enter the number of the site.")]
    public string Id { get; init; } = "";

    [Field("Event", Hint = "Empty: only the recording.")] public string Name { get; init; } = "";
}

/// <summary>Source: matomo-org/matomo, core/Tracker/TrackerCodeGenerator.php, read 2026-11-27.</summary>
public sealed record MatomoTag
{
    [Field("Address of Matomo", Required = true, Plain = true, Placeholder = "https://matomo.example.com/", Pattern = @"^https://[^\s{}]+$", Advice = "Enter an address that begins with https://, without variables.")]
    public string Url { get; init; } = "";

    [Field("Site ID", Required = true, Placeholder = "1", Pattern = @"^\d{1,9}$", Advice = "Enter the number of the site in Matomo.")]
    public string Id { get; init; } = "";

    [Field("Sends", Input = FieldInput.Choice, Choices = ["pageview=A page view", "event=An event"])] public string Action { get; init; } = "";
    [Field("Event category")] public string Category { get; init; } = "";
    [Field("Event action")] public string Event { get; init; } = "";
    [Field("Event name")] public string Name { get; init; } = "";
    [Field("Event value")] public string Amount { get; init; } = "";
    [Field("Counts clicks on outbound links and downloads", Input = FieldInput.Check)] public bool Links { get; init; }
}
