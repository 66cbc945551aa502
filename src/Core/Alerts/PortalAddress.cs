namespace SaaS.Analytics.Alerts;

/// <summary>Where the portal is, for links in mails (section <c>Portal</c>, environment <c>Portal__PublicUrl</c>).</summary>
public sealed class PortalAddress
{
    public const string Section = "Portal";

    public string PublicUrl { get; set; } = "http://localhost";

    /// <param name="path">From the slash on.</param>
    public string Absolute(string path) => PublicUrl.TrimEnd('/') + path;
}
