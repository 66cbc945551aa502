namespace SaaS.Analytics.Tags.Templates;

/// <summary>Source: developers.google.com/tag-platform/gtagjs, read 2026-11-27.</summary>
public sealed record GoogleTag
{
    [Field("Tag ID", Required = true, Placeholder = "G-ABC123XYZ", Pattern = "^(G|AW|GT|DC)-[A-Z0-9-]+$", Advice = "Enter an ID like G-ABC123XYZ or AW-123456789.")]
    public string Id { get; init; } = "";

    [Field("Configuration", Input = FieldInput.Rows, Max = 50, Hint = "For example send_page_view and false.")]
    public Row[] Settings { get; init; } = [];
}

/// <summary>Source: developers.google.com/tag-platform/gtagjs/reference, read 2026-11-27.</summary>
public sealed record Ga4EventTag
{
    [Field("Measurement ID", Required = true, Placeholder = "G-ABC123XYZ", Pattern = "^G-[A-Z0-9]+$", Advice = "Enter an ID like G-ABC123XYZ.")]
    public string Id { get; init; } = "";

    [Field("Event name", Required = true, Max = 40, Placeholder = "sign_up")] public string Name { get; init; } = "";
    [Field("Parameters", Input = FieldInput.Rows, Max = 50)] public Row[] Params { get; init; } = [];
}

/// <summary>Source: the event snippet of Google Ads, read 2026-11-27.</summary>
public sealed record GoogleAdsTag
{
    [Field("Conversion ID", Required = true, Placeholder = "AW-123456789", Pattern = @"^AW-\d+$", Advice = "Enter an ID like AW-123456789.")]
    public string Id { get; init; } = "";

    [Field("Conversion label", Required = true, Pattern = "^[A-Za-z0-9_-]+$", Advice = "Enter the label, the part after the slash in Google's snippet.")]
    public string Label { get; init; } = "";

    [Field("Value", Placeholder = "{{Order total}}", Pattern = @"^-?\d+(\.\d+)?$", Advice = "Enter a number like 49.90, or a variable.")]
    public string Amount { get; init; } = "";

    [Field("Currency", Placeholder = "EUR", Pattern = "^[A-Z]{3}$", Advice = "Enter three capital letters like EUR, or a variable.")]
    public string Currency { get; init; } = "";

    [Field("Transaction ID")] public string Order { get; init; } = "";
}
