using System.Text.Json;
using MassTransit;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Takes what alert rules said about a chunk, makes it rows, and says so. What comes again changes nothing.</summary>
public sealed partial class AlertsChannel(VisitAlertBook book, ILogger<AlertsChannel> log) : IConsumer<EffectsDue>
{
    public const string Name = "alerts";

    public async Task Consume(ConsumeContext<EffectsDue> context)
    {
        if (Read(context.Message) is { } alerts) await book.KeepAsync(alerts, context.CancellationToken);
        await context.Publish(new EffectsKept(context.Message.ChunkId, Name), context.CancellationToken);
    }

    /// <summary>What cannot be read must not keep its chunk open for ever.</summary>
    List<VisitAlert>? Read(EffectsDue message)
    {
        try
        {
            return JsonSerializer.Deserialize<List<VisitAlert>>(message.Content);
        }
        catch (JsonException e)
        {
            Unreadable(log, e, message.ChunkId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Alerts of chunk {ChunkId} cannot be read and are lost")]
    static partial void Unreadable(ILogger log, Exception error, Guid chunkId);
}
