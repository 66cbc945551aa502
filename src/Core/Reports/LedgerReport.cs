namespace SaaS.Analytics.Reports;

/// <summary>What became of every event that a site received in some minutes.</summary>
/// <param name="Steps">Oldest first; steps in which nothing was received are left out.</param>
/// <param name="Reasons">Why events were not stored, over the whole range, the most frequent first.</param>
public sealed record LedgerReport(IReadOnlyList<LedgerStep> Steps, IReadOnlyList<LedgerReason> Reasons)
{
    /// <summary>All steps in one, at the time of the first.</summary>
    public LedgerStep Total => new(Steps.Count > 0 ? Steps[0].At : default)
    {
        Received = Steps.Sum(s => s.Received), Stored = Steps.Sum(s => s.Stored), Duplicate = Steps.Sum(s => s.Duplicate),
        Excluded = Steps.Sum(s => s.Excluded), Invalid = Steps.Sum(s => s.Invalid), OverQuota = Steps.Sum(s => s.OverQuota),
        Dead = Steps.Sum(s => s.Dead), InFlight = Steps.Sum(s => s.InFlight),
    };
}

/// <summary>One step of the ledger, in events. Received = the sum of all others, or the difference is <see cref="Imbalance"/>.</summary>
public sealed record LedgerStep(DateTime At)
{
    public long Received { get; set; }
    public long Stored { get; set; }
    public long Duplicate { get; set; }
    public long Excluded { get; set; }
    public long Invalid { get; set; }
    public long OverQuota { get; set; }
    public long Dead { get; set; }

    /// <summary>In chunks that are neither Done nor Quarantined, measured from these. A chunk just stored may be counted in both.</summary>
    public long InFlight { get; set; }

    /// <summary>Events received of which nothing is known (&gt; 0), or that nobody has received (&lt; 0).</summary>
    public long Imbalance
    {
        get
        {
            var open = Received - Stored - Duplicate - Excluded - Invalid - OverQuota - Dead;
            return open < 0 ? open : Math.Max(0, open - InFlight);
        }
    }
}

/// <summary>Events of one outcome and reason.</summary>
public sealed record LedgerReason(string Outcome, string Reason, long Events);
