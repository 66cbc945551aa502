using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>One event on its way through the steps. One object serves all events of a chunk, one after the other.</summary>
public sealed class EventContext
{
    ChunkEvent source;

    /// <summary>The event as it came.</summary>
    public ref readonly ChunkEvent Source => ref source;
    public CollectedEvent Event => source.Event;

    /// <summary>The row it becomes.</summary>
    public EventRow Row { get; private set; } = null!;
    public SiteRules Site { get; private set; } = null!;

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

    /// <summary>The next event.</summary>
    internal void Begin(in ChunkEvent next, EventRow row, SiteRules site)
    {
        (source, Row, Site) = (next, row, site);
        (Query, Agent, Dropped) = ([], null, null);
    }

    /// <summary>Says in the row what could not be done for the event.</summary>
    public void Note(string note) => Row.Notes = Row.Notes.Length == 0 ? note : $"{Row.Notes},{note}";

    /// <summary>First value of a query parameter; empty where there is none.</summary>
    public string Parameter(string name)
    {
        foreach (var (key, value) in Query)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        return "";
    }
}
