namespace SaaS.Analytics.Ingestion;

/// <summary>Neither a chunk's seal nor all of its events can be read any more.</summary>
/// <param name="payload">A chunk of the events that can.</param>
/// <param name="readable">How many these are.</param>
/// <param name="count">How many there were.</param>
/// <param name="cause">What was wrong with the seal.</param>
sealed class DamagedChunkException(byte[] payload, int readable, int count, Exception cause)
    : Exception($"The spool is damaged: {readable} of {count} events can still be read.", cause)
{
    public byte[] Payload => payload;
}
