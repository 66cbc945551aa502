using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Enrichment;
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
    public KeyValuePair<string, string>[] Query { get; set; } = [];

    /// <summary>What the user agent tells; set by the first step that asks.</summary>
    internal UserAgentFacts? Agent { get; set; }

    /// <summary>Bounds what is spent on new user agents; null: nothing does.</summary>
    internal ParseBudget? Budget { get; init; }

    /// <summary>Set once a step has dropped the event; no further step sees it.</summary>
    public (string Outcome, string Reason)? Dropped { get; private set; }

    /// <param name="outcome"><see cref="Outcomes.Excluded"/> or <see cref="Outcomes.Invalid"/>.</param>
    /// <param name="reason">The ledger's reason, in snake case.</param>
    public void Drop(string outcome, string reason) => Dropped = (outcome, reason);

    /// <summary>Says in the row what could not be done for the event.</summary>
    public void Note(string note) => row.Notes = row.Notes.Length == 0 ? note : $"{row.Notes},{note}";

    /// <summary>First value of a query parameter; empty where there is none.</summary>
    public string Parameter(string name)
    {
        foreach (var (key, value) in Query)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        return "";
    }
}
