namespace SaaS.Analytics.Data;

/// <summary>A message that a queue's consumer could not handle, as it came; the operator decides what becomes of it.</summary>
public sealed class FailedMessage
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Queue { get; init; }

    /// <summary>As it was on the wire, MassTransit's envelope included.</summary>
    public required byte[] Body { get; init; }
    public required string Error { get; init; }
    public required DateTime FailedAt { get; init; }
}
