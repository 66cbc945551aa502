using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The settings of a site as a form: what is shown, checked and stored.</summary>
public sealed class SiteForm
{
    [Required(ErrorMessage = "Give the site a name."), StringLength(120, ErrorMessage = "The name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = SiteDomain.Advice), Domain] public string Domain { get; set; } = "";
    [HostLines] public string? OtherHosts { get; set; } = "";
    [TimeZone] public string TimeZone { get; set; } = "";
    [Range(5, 240, ErrorMessage = "A visit can end after 5 to 240 minutes.")] public int VisitTimeoutMinutes { get; set; }
    [Range(0, 300, ErrorMessage = "Enter 0 to 300 seconds.")] public int BounceSeconds { get; set; }
    public bool ConsentedByDefault { get; set; }
    public bool DropBots { get; set; }
    public bool OutboundLinks { get; set; }
    public bool FileDownloads { get; set; }
    public bool FormSubmits { get; set; }
    public bool NotFound { get; set; }

    /// <summary>The version of the row that the form was filled from.</summary>
    public uint Version { get; set; }

    /// <summary>What the form showed when it was filled; tells a change of settings from a change of anything else in the row.</summary>
    public string Seen { get; set; } = "";

    public static SiteForm Of(Site site)
    {
        var form = Read(site);
        form.Seen = form.Fingerprint();
        return form;
    }

    static SiteForm Read(Site site) => new()
    {
        Name = site.Name,
        Domain = site.Domain,
        OtherHosts = HostLines.Join(site.OtherHosts),
        TimeZone = site.TimeZone,
        VisitTimeoutMinutes = site.VisitTimeoutMinutes,
        BounceSeconds = site.BounceSeconds,
        ConsentedByDefault = site.ConsentedByDefault,
        DropBots = site.DropBots,
        OutboundLinks = site.Autotrack.HasFlag(SiteAutotrack.OutboundLinks),
        FileDownloads = site.Autotrack.HasFlag(SiteAutotrack.FileDownloads),
        FormSubmits = site.Autotrack.HasFlag(SiteAutotrack.FormSubmits),
        NotFound = site.Autotrack.HasFlag(SiteAutotrack.NotFound),
        Version = site.Version,
    };

    public void WriteTo(Site site)
    {
        site.Name = Name.Trim();
        site.Domain = SiteDomain.Of(Domain)!;
        site.OtherHosts = HostLines.Parse(OtherHosts);
        site.TimeZone = TimeZone;
        site.VisitTimeoutMinutes = VisitTimeoutMinutes;
        site.BounceSeconds = BounceSeconds;
        site.ConsentedByDefault = ConsentedByDefault;
        site.DropBots = DropBots;
        site.Autotrack = Switches(site.Autotrack);
    }

    /// <summary>Switches that the form does not show stay as they are.</summary>
    SiteAutotrack Switches(SiteAutotrack before)
    {
        const SiteAutotrack shown =
            SiteAutotrack.OutboundLinks | SiteAutotrack.FileDownloads | SiteAutotrack.FormSubmits | SiteAutotrack.NotFound;
        return (before & ~shown)
            | On(OutboundLinks, SiteAutotrack.OutboundLinks) | On(FileDownloads, SiteAutotrack.FileDownloads)
            | On(FormSubmits, SiteAutotrack.FormSubmits) | On(NotFound, SiteAutotrack.NotFound);
    }

    static SiteAutotrack On(bool on, SiteAutotrack one) => on ? one : SiteAutotrack.None;

    /// <summary>What differs from <paramref name="other"/>, in the words of the page: name of the field, theirs.</summary>
    public IReadOnlyList<(string Field, string Value)> Differences(SiteForm other) =>
        [.. Shown().Zip(other.Shown()).Where(p => p.First.Value != p.Second.Value).Select(p => p.Second)];

    IEnumerable<(string Field, string Value)> Shown() =>
    [
        ("Name", Name.Trim()), ("Domain", SiteDomain.Of(Domain) ?? Domain), ("Other hosts", string.Join(", ", HostLines.Split(OtherHosts))),
        ("Time zone", TimeZone), ("Visit ends after", $"{VisitTimeoutMinutes} minutes"), ("No bounce from", $"{BounceSeconds} seconds"),
        ("Consent by default", Word(ConsentedByDefault)), ("Drop bots", Word(DropBots)), ("Outbound links", Word(OutboundLinks)), ("File downloads", Word(FileDownloads)),
        ("Form submits", Word(FormSubmits)), ("404 pages", Word(NotFound)),
    ];

    string Fingerprint() => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Shown().Select(s => s.Value))));

    static string Word(bool on) => on ? "on" : "off";
}
