namespace SaaS.Analytics.Reports;

/// <summary>From … up to but without To, both UTC.</summary>
public readonly record struct TimeRange(DateTime From, DateTime To)
{
    public TimeSpan Length => To - From;

    /// <summary>The same range, ended at <paramref name="at"/> if that is earlier.</summary>
    public TimeRange EndedBy(DateTime at) => at < To ? this with { To = at < From ? From : at } : this;
}
