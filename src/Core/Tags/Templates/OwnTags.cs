namespace SaaS.Analytics.Tags.Templates;

public sealed record EventTag
{
    [Field("Event name", Required = true, Max = 120, Placeholder = "Signup")] public string Name { get; init; } = "";
    [Field("Props", Input = FieldInput.Rows, Max = 50)] public Row[] Props { get; init; } = [];

    [Field("Does not count as an interaction", Input = FieldInput.Check, Hint = "The event then keeps a visit a bounce.")]
    public bool Passive { get; init; }
}

public sealed record PageViewTag
{
    [Field("Props", Input = FieldInput.Rows, Max = 50)] public Row[] Props { get; init; } = [];
}

public sealed record RevenueTag
{
    [Field("Amount", Required = true, Placeholder = "{{Order total}}", Pattern = @"^-?\d+(\.\d+)?$", Advice = "Enter a number like 49.90, or a variable.")]
    public string Amount { get; init; } = "";

    [Field("Currency", Required = true, Placeholder = "EUR", Pattern = "^[A-Z]{3}$", Advice = "Enter three capital letters like EUR, or a variable.")]
    public string Currency { get; init; } = "";

    [Field("Order number")] public string Order { get; init; } = "";
    [Field("Props", Input = FieldInput.Rows, Max = 50)] public Row[] Props { get; init; } = [];
}
