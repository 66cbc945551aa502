using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SaaS.Analytics.Portal;

/// <summary>How the portal is reached and what it may do (section <c>Portal</c>, environment <c>Portal__PublicUrl</c> …).</summary>
public sealed class PortalSettings : IValidatableObject
{
    public const string Section = "Portal";

    /// <summary>Address of the portal as people type it; used in mails, and https here makes all cookies secure.</summary>
    [Required, Url] public string PublicUrl { get; set; } = "";

    /// <summary>Origin of the collector, as in the snippet.</summary>
    [Required, Url] public string CollectorUrl { get; set; } = "";

    /// <summary>Token of the page that shows unsent mails (embedded mode only); empty: there is no such page.</summary>
    public string OutboxToken { get; set; } = "";

    /// <summary>Lets "verify installation" load pages from private networks; for tests and intranets.</summary>
    public bool VerifyPrivateNetworks { get; set; }

    /// <summary>Posts to the account pages that one address of the network may make in 5 minutes.</summary>
    [Range(1, 100_000)] public int AccountPostsPer5Minutes { get; set; } = 40;

    /// <summary>E-mail addresses of those who run this installation and see <c>/admin</c>. Nobody by default.</summary>
    public string[] Operators { get; set; } = [];

    /// <summary>Addresses of reverse proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public string[] Proxies { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Proxies.All(p => IPAddress.TryParse(p, out _)))
            yield return new ValidationResult("Each proxy is an IP address.", [nameof(Proxies)]);
    }

    public bool IsHttps => PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <param name="path">Path and query, from the slash on.</param>
    public string Absolute(string path) => PublicUrl.TrimEnd('/') + path;
}
