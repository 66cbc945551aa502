using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>One event on its way through the steps.</summary>
/// <param name="source">The event as it came.</param>
/// <param name="row">The row it becomes.</param>
/// <param name="site">Its site.</param>
public sealed class EventContext(ChunkEvent source, EventRow row, SiteRules site)
{
    public ChunkEvent Source => source;
    public CollectedEvent Event => source.Event;
    public EventRow Row => row;
    public SiteRules Site => site;

    /// <summary>Parameters of the URL's query as sent, decoded; set by the URL step.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; set; } = [];

    /// <summary>Set once a step has dropped the event; no further step sees it.</summary>
    public (string Outcome, string Reason)? Dropped { get; private set; }

    /// <param name="outcome"><see cref="Outcomes.Excluded"/> or <see cref="Outcomes.Invalid"/>.</param>
    /// <param name="reason">The ledger's reason, in snake case.</param>
    public void Drop(string outcome, string reason) => Dropped = (outcome, reason);

    /// <summary>First value of a query parameter; empty where there is none.</summary>
    public string Parameter(string name)
    {
        foreach (var (key, value) in Query)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        return "";
    }
}
