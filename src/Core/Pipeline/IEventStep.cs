namespace SaaS.Analytics.Pipeline;

/// <summary>
/// One step of <see cref="EventPipeline"/>: fills columns of the row or drops the event. Knows only its event: no clock, no
/// randomness, no memory that changes the result, as a chunk may come again.
/// </summary>
public interface IEventStep
{
    void Apply(EventContext e);

    /// <summary>Does ahead of time what the first event would wait for.</summary>
    void Warm()
    {
    }
}
