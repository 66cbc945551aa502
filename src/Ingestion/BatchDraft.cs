namespace SaaS.Analytics.Ingestion;

/// <summary>One request's events as parsed; used again for the next request.</summary>
sealed class BatchDraft
{
    readonly List<EventDraft> drafts = [];

    public string? WriteKey { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>Events that can be taken, as far as the parser can tell.</summary>
    public int Count { get; private set; }
    public List<RejectedEvent> Rejected { get; } = [];

    public EventDraft this[int i] => drafts[i];

    /// <summary>A draft for the next event; it counts once <see cref="Keep"/> is called.</summary>
    public EventDraft Next(int index)
    {
        if (Count == drafts.Count) drafts.Add(new EventDraft());
        drafts[Count].Reset(index);
        return drafts[Count];
    }

    public void Keep() => Count++;

    public void Reject(int index, string code, string message) => Rejected.Add(new RejectedEvent(index, code, message));

    public void Reset()
    {
        (WriteKey, SentAt, Count) = (null, null, 0);
        Rejected.Clear();
    }
}

/// <summary>An event that was not taken: its place in the batch, why as a code of the ledger, and a sentence for a person.</summary>
readonly record struct RejectedEvent(int Index, string Code, string Message);
