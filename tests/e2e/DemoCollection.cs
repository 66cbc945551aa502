using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

// Each test starts products and a browser: two at a time would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace SaaS.Analytics.E2E;

/// <summary>Tests that look at one demo.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoProduct>, ICollectionFixture<Chromium>
{
    public const string Name = "demo";
}
