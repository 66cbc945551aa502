namespace SaaS.Analytics.Workers.Operator;

/// <summary>Whoever runs the product (section <c>Operator</c>, environment <c>Operator__Mail</c>).</summary>
public sealed class OperatorSettings
{
    public const string Section = "Operator";

    /// <summary>Address that operator alerts are mailed to; empty: they are logged and shown only.</summary>
    public string Mail { get; set; } = "";
}
