namespace SaaS.Analytics.E2E.Products;

/// <summary>The product, running: what a user's browser and a customer's site can reach.</summary>
public abstract class Product : IAsyncLifetime
{
    /// <summary>Every portal instance; the first one is the user's.</summary>
    public abstract IReadOnlyList<string> Portals { get; }

    public abstract string Collector { get; }

    public string Portal => Portals[0];

    /// <summary>The newest mail to an address, once it is there.</summary>
    public abstract Task<string> MailToAsync(string address);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}
