using System.Text.Json.Nodes;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tags;

/// <summary>A tag, trigger or variable of the draft.</summary>
public sealed class TagItem : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>Unique in the site, given once.</summary>
    public required int Number { get; init; }
    public required ItemSort Sort { get; init; }

    /// <summary>Key of its <see cref="ItemKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Unique among its sort in the site.</summary>
    public required string Name { get; set; }
    public string Folder { get; set; } = "";
    public string Note { get; set; } = "";
    public bool Paused { get; set; }

    /// <summary>JSON, by the keys of the kind's fields.</summary>
    public string Settings { get; set; } = "{}";

    /// <summary>JSON of <see cref="ItemOptions"/>.</summary>
    public string Options { get; set; } = "{}";
    public required DateTime ChangedAt { get; set; }

    /// <summary>E-mail address of who changed it last.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>PostgreSQL's xmin, for optimistic locking.</summary>
    public uint Version { get; init; }

    public ItemContent Content => new(Sort, Number, Kind, Name)
    {
        Folder = Folder, Note = Note, Paused = Paused, Settings = (JsonObject)JsonNode.Parse(Settings)!, Options = ItemOptions.Read(Options),
    };

    public void Take(ItemContent content)
    {
        (Name, Folder, Note, Paused) = (content.Name, content.Folder, content.Note, content.Paused);
        (Settings, Options) = (content.Settings.ToJsonString(), content.Options.Write());
    }
}
