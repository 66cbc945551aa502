namespace SaaS.Analytics.E2E.Products;

/// <summary>What <c>./run --demo</c> starts, with a shorter history.</summary>
public sealed class DemoProduct : EmbeddedProduct
{
    protected override string[] Arguments => [.. base.Arguments, "--demo-events", "20000"];

    public string Email => Demo("email");

    public string Password => Demo("password");

    public string Site => Demo("site");

    public string TrackingId => Demo("tracking_id");

    public string ApiKey => Demo("api_key");

    string Demo(string name) => Run.GetProperty("demo").GetProperty(name).GetString()!;
}
