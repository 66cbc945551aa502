namespace SaaS.Analytics.Alerts;

/// <summary>What is known of a visit when a rule looks at it. What visitors can write themselves is cut.</summary>
public sealed record VisitFacts
{
    public int SiteId { get; init; }
    public ulong VisitId { get; init; }
    public ulong VisitorId { get; init; }
    public DateTime Start { get; init; }

    /// <summary>1 for the first visit.</summary>
    public uint Number { get; init; }

    /// <summary>End of the visit before; null where there was none or it is not known.</summary>
    public DateTime? PreviousEnd { get; init; }
    public DateTime FirstSeen { get; init; }
    public bool IsConsented { get; init; }
    public string UserId { get; init; } = "";

    /// <summary>The tenant's server has signed the user id.</summary>
    public bool Verified { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>> Traits { get; init; } = [];
    public string Host { get; init; } = "";
    public string Page { get; init; } = "";
    public string Source { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Campaign { get; init; } = "";
    public string Country { get; init; } = "";
    public string City { get; init; } = "";
    public string Device { get; init; } = "";

    /// <summary>Days of 13 months: visitors are not recognised for longer.</summary>
    public const int LongestAway = 396;

    /// <summary>Null where there was no visit before, or none within <see cref="LongestAway"/>.</summary>
    public TimeSpan? Away => PreviousEnd is { } end && end < Start && Start - end <= TimeSpan.FromDays(LongestAway) ? Start - end : null;

    public string Trait(string name) =>
        Traits.FirstOrDefault(t => t.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";
}

/// <summary>One event that a rule may ask for.</summary>
public readonly record struct EventFacts(string Name, string Page, IReadOnlyList<KeyValuePair<string, string>> Props);
