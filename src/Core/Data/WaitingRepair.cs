namespace SaaS.Analytics.Data;

/// <summary>A visitor whose visits must be made again from the stored events; deleted when they are.</summary>
public sealed class WaitingRepair
{
    public required int SiteId { get; init; }

    /// <summary>The 64 bits of the id.</summary>
    public required long VisitorId { get; init; }

    /// <summary>Every id of the events in doubt.</summary>
    public required long[] Ids { get; set; }

    /// <summary>Time of the first event in doubt, UTC.</summary>
    public required DateTime FirstAt { get; set; }

    /// <summary>Time of the last event in doubt, UTC.</summary>
    public required DateTime LastAt { get; set; }

    /// <summary>Another one after each addition: what was added during a repair is not deleted with it.</summary>
    public Guid Stamp { get; set; }
}
