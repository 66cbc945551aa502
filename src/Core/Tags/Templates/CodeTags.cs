namespace SaaS.Analytics.Tags.Templates;

public sealed record HtmlTag
{
    [Field("HTML", Required = true, Input = FieldInput.Html, Max = 50_000, Hint = "Variables like {{Page path}} are escaped where they stand: in text, attributes, addresses, styles and scripts.")]
    public string Html { get; init; } = "";

    [Field("Position", Input = FieldInput.Choice, Choices = ["end=End of the body", "start=Start of the body", "head=End of the head"])]
    public string Position { get; init; } = "";
}

public sealed record JavaScriptTag
{
    [Field("JavaScript", Required = true, Input = FieldInput.Code, Max = 50_000, Hint = "Runs as a function. {{Name}} stands for the value of a variable; write it without quotes.")]
    public string Code { get; init; } = "";
}

public sealed record ImageTag
{
    [Field("Address of the image", Required = true, Max = 2000, Placeholder = "https://example.com/pixel.gif?page={{Page path}}", Pattern = @"^https?://[^\s]+$", Advice = "Enter an address that begins with https://.")]
    public string Url { get; init; } = "";

    [Field("Adds a random parameter, so that no cache answers", Input = FieldInput.Check)] public bool Fresh { get; init; }
}
