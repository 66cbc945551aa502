using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tags;

/// <summary>A site's tags: what is set for all of them. Its items are the draft; versions are made from it.</summary>
public sealed class TagContainer : ITenantOwned
{
    public required int SiteId { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>JSON of <see cref="ConsentDefaults"/>.</summary>
    public string Consent { get; set; } = "{}";

    /// <summary>Who may write code that runs on the site, publish it and import it.</summary>
    public MemberRole CodeRole { get; set; } = MemberRole.Admin;

    /// <summary>Nothing of it is delivered, whatever is published.</summary>
    public bool Stopped { get; set; }

    /// <summary>Signs links to previews.</summary>
    public required byte[] PreviewKey { get; set; }

    /// <summary>Number of the next item.</summary>
    public int NextNumber { get; set; } = 1;

    /// <summary>PostgreSQL's xmin, for optimistic locking.</summary>
    public uint Version { get; init; }
}
