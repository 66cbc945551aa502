namespace SaaS.Analytics.Tags.Variables;

/// <summary>A variable with nothing to set.</summary>
public sealed record PlainVariable;

public sealed record NameVariable
{
    [Field("Name", Required = true, Plain = true, Max = 300)] public string Name { get; init; } = "";
}

public sealed record CookieVariable
{
    [Field("Name", Required = true, Plain = true)] public string Name { get; init; } = "";
    [Field("Leave it encoded", Input = FieldInput.Check)] public bool Raw { get; init; }
}

public sealed record UrlVariable
{
    [Field("Part", Input = FieldInput.Choice, Choices = ["href=Whole address", "host=Host", "path=Path", "query=Query", "fragment=Fragment", "protocol=Protocol", "port=Port", "extension=File extension"])]
    public string Part { get; init; } = "";

    [Field("Query parameter", Plain = true, Hint = "Of the query only this parameter.")] public string Key { get; init; } = "";
    [Field("Without www.", Input = FieldInput.Check)] public bool Bare { get; init; }
    [Field("Of the address", Placeholder = "{{Click URL}}", Hint = "Empty: the page's.")] public string Of { get; init; } = "";
}

public sealed record ReferrerVariable
{
    [Field("Part", Input = FieldInput.Choice, Choices = ["href=Whole address", "host=Host", "path=Path", "query=Query", "protocol=Protocol"])] public string Part { get; init; } = "";
    [Field("Query parameter", Plain = true)] public string Key { get; init; } = "";
    [Field("Without www.", Input = FieldInput.Check)] public bool Bare { get; init; }
}

public sealed record ElementVariable
{
    [Field("CSS selector", Required = true, Input = FieldInput.Selector, Plain = true)] public string Name { get; init; } = "";
    [Field("Attribute", Plain = true, Hint = "Empty: its text, or what a field holds.")] public string Attribute { get; init; } = "";
}

public sealed record ClickedVariable
{
    [Field("Attribute", Plain = true, Placeholder = "data-plan", Hint = "Empty: its text.")] public string Attribute { get; init; } = "";
}

public sealed record FactVariable
{
    [Field("Detail", Required = true, Plain = true, Hint = "id, classes, target, url, text, threshold, units, direction, percent, status, title, provider, message, file, line, oldUrl, newUrl, source …")]
    public string Name { get; init; } = "";
}

public sealed record CodeVariable
{
    [Field("Function", Required = true, Input = FieldInput.Code, Max = 50_000, Placeholder = "function () { return document.title.length; }", Hint = "A function that returns the value. {{Name}} stands for the value of another variable; write it without quotes.")]
    public string Code { get; init; } = "";
}

public sealed record ScreenVariable
{
    [Field("Of", Input = FieldInput.Choice, Choices = ["screen=The screen", "viewport=The window"])] public string Part { get; init; } = "";
}

public sealed record TimeVariable
{
    [Field("As", Input = FieldInput.Choice, Choices = ["iso=Date and time, ISO 8601", "timestamp=Milliseconds since 1970", "date=Date", "hour=Hour, 0 to 23", "weekday=Day of the week, 1 for Monday"])] public string Part { get; init; } = "";
}

public sealed record RandomVariable
{
    [Field("From", Required = true, Input = FieldInput.Number, Placeholder = "0")] public int From { get; init; }
    [Field("To", Required = true, Input = FieldInput.Number, Placeholder = "2147483647")] public int To { get; init; }
}

public sealed record ConstantVariable
{
    [Field("Value", Required = true, Max = 2000)] public string Of { get; init; } = "";
}

public sealed record LookupVariable
{
    [Field("Look up", Required = true, Placeholder = "{{Page path}}")] public string Of { get; init; } = "";
    [Field("Table", Input = FieldInput.Rows, Required = true, Max = 500, Columns = ["When it is", "The value is"])] public Row[] Rows { get; init; } = [];
    [Field("Upper and lower case are the same", Input = FieldInput.Check)] public bool Fold { get; init; }
}

public sealed record RegexVariable
{
    [Field("Look at", Required = true, Placeholder = "{{Page path}}")] public string Of { get; init; } = "";
    [Field("Table", Input = FieldInput.Rows, Required = true, Max = 200, Columns = ["When it matches", "The value is"])] public Row[] Rows { get; init; } = [];
    [Field("Must match", Input = FieldInput.Choice, Choices = ["part=Any part", "whole=The whole text"])] public string Part { get; init; } = "";
    [Field("Upper and lower case are the same", Input = FieldInput.Check)] public bool Fold { get; init; }
}

public sealed record VisitorVariable
{
    [Field("What", Input = FieldInput.Choice, Choices = ["type=new or returning", "number=Number of the visit"], Hint = "Known only of visitors who consented to analytics; otherwise the value is unknown.")]
    public string Part { get; init; } = "";
}

public sealed record VisitVariable
{
    [Field("What", Input = FieldInput.Choice, Choices = ["campaign=Campaign", "source=Source", "medium=Medium", "page=First page"], Hint = "Known only of visitors who consented to analytics; otherwise the value is unknown.")]
    public string Part { get; init; } = "";
}

public sealed record ConsentVariable
{
    [Field("To", Input = FieldInput.Choice, Choices = ["analytics=Analytics", "ads=Ads", "personalization=Personalization"])] public string Name { get; init; } = "";
}
