namespace SaaS.Analytics.Traffic.Visits;

/// <summary>Everything that was generated, in plain lists, so that a test can count again without any of the product's code.</summary>
public sealed class Truth
{
    public List<Visit> Visits { get; } = [];

    /// <summary>Visits of people: bots are left out of reports by default.</summary>
    public IEnumerable<Visit> People => Visits.Where(v => !v.IsBot);

    public int Events => Visits.Sum(v => v.Events.Count);
}
