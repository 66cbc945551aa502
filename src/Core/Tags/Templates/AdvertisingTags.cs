namespace SaaS.Analytics.Tags.Templates;

/// <summary>Source: opsblu.com/documentation/learning/integrations/facebook-pixel, read 2026-11-27.</summary>
public sealed record MetaTag
{
    [Field("Pixel ID", Required = true, Placeholder = "123456789012345", Pattern = @"^\d{5,20}$", Advice = "Enter the number of the pixel.")]
    public string Id { get; init; } = "";

    [Field("Event", Required = true, Placeholder = "PageView", Hint = "PageView, Purchase, Lead … or a name of your own.")]
    public string Name { get; init; } = "";

    [Field("The event's name is my own", Input = FieldInput.Check)] public bool Custom { get; init; }
    [Field("Parameters", Input = FieldInput.Rows, Max = 50)] public Row[] Params { get; init; } = [];
}

/// <summary>Source: walkeros.io/docs/destinations/web/linkedin, read 2026-11-27.</summary>
public sealed record LinkedInTag
{
    [Field("Partner ID", Required = true, Placeholder = "1234567", Pattern = @"^\d{3,12}$", Advice = "Enter the number from Campaign Manager.")]
    public string Id { get; init; } = "";

    [Field("Conversion ID", Hint = "Empty: only the page view.", Pattern = @"^\d{3,12}$", Advice = "Enter the number of the conversion rule, or nothing.")]
    public string Conversion { get; init; } = "";
}

/// <summary>Source: opsblu.com/documentation/ad-platforms/microsoft-advertising, read 2026-11-27.</summary>
public sealed record UetTag
{
    [Field("UET tag ID", Required = true, Placeholder = "12345678", Pattern = @"^\d{5,12}$", Advice = "Enter the number of the UET tag.")]
    public string Id { get; init; } = "";

    [Field("Event action", Hint = "Empty: only the page load.")] public string Action { get; init; } = "";
    [Field("Parameters", Input = FieldInput.Rows, Max = 50, Hint = "For example revenue_value and currency.")] public Row[] Params { get; init; } = [];
}

/// <summary>Source: opsblu.com/documentation/ad-platforms/tiktok-ads, read 2026-11-27.</summary>
public sealed record TikTokTag
{
    [Field("Pixel ID", Required = true, Placeholder = "C1ABCDEF23GHIJ45KLMN", Pattern = "^[A-Z0-9]{10,30}$", Advice = "Enter the pixel's ID from Events Manager.")]
    public string Id { get; init; } = "";

    [Field("Event", Hint = "Empty: only the page view.", Placeholder = "CompletePayment")] public string Name { get; init; } = "";
    [Field("Parameters", Input = FieldInput.Rows, Max = 50)] public Row[] Params { get; init; } = [];
}
