using System.Collections;

namespace SaaS.Analytics.Traffic;

/// <summary>A choice among things with weights, which need not add up to 1. Filled by a collection initialiser.</summary>
public sealed class Weighted<T> : IEnumerable<T>
{
    readonly List<T> items = [];
    readonly List<double> upTo = [];

    public Weighted() { }

    public Weighted(IEnumerable<(T Item, double Weight)> choices)
    {
        foreach (var (item, weight) in choices) Add(item, weight);
    }

    public double Total => upTo.Count == 0 ? 0 : upTo[^1];

    public int Count => items.Count;

    public IEnumerable<(T Item, double Share)> Shares =>
        items.Select((item, i) => (item, (upTo[i] - (i == 0 ? 0 : upTo[i - 1])) / Total));

    public void Add(T item, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        if (weight == 0) return;
        items.Add(item);
        upTo.Add(Total + weight);
    }

    public T Pick(Dice dice)
    {
        var at = upTo.BinarySearch(dice.Share() * Total);
        return items[Math.Min(at < 0 ? ~at : at + 1, items.Count - 1)];
    }

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
