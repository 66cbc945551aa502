namespace SaaS.Analytics.Pipeline;

/// <summary>What becomes of an event: the words of the ledger.</summary>
public static class Outcomes
{
    /// <summary>Every event that reached the collector; the sum of all others and of what is in flight.</summary>
    public const string Received = "received";
    public const string Stored = "stored";
    public const string Duplicate = "duplicate";
    public const string Excluded = "excluded";
    public const string Invalid = "invalid";
    public const string OverQuota = "over_quota";

    /// <summary>In a chunk that failed after its retries; kept, replayable.</summary>
    public const string Dead = "dead";
}

/// <summary>Why an event was not stored, as the ledger has it.</summary>
public static class DropReasons
{
    /// <summary>Excluded: the site is unknown or was deleted.</summary>
    public const string SiteDeleted = "site_deleted";

    /// <summary>Excluded: an engagement event without any id, which no visit can ever take.</summary>
    public const string EngagementWithoutVisit = "engagement_without_visit";

    /// <summary>Excluded: it looks like a program's, and the site keeps none of those.</summary>
    public const string Bot = "bot";

    /// <summary>Invalid: a step of the pipeline could not digest it.</summary>
    public const string NotProcessable = "not_processable";
}
