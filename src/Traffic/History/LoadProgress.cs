namespace SaaS.Analytics.Traffic.History;

/// <summary>How far a history is loaded.</summary>
/// <param name="Events">Stored so far.</param>
/// <param name="Total">All, within a few.</param>
public readonly record struct LoadProgress(int Events, int Total)
{
    public int Percent => (int)Math.Min(100, 100L * Events / Math.Max(1, Total));
}
