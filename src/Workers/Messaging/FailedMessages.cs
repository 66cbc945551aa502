using System.Runtime.ExceptionServices;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Messaging;

/// <summary>
/// What happens to a message whose handling failed for good: at a stop it goes back to its queue, else it is kept in the
/// database, where the operator is told of it.
/// </summary>
public sealed partial class FailedMessages(
    IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock, ILogger<FailedMessages> log) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.CancellationToken.IsCancellationRequested || context.Exception is OperationCanceledException)
            ExceptionDispatchInfo.Throw(context.Exception);
        var queue = context.InputAddress.AbsolutePath.Split('/')[^1];
        Failed(log, context.Exception, queue);
        await patience.UntilThereAsync(cancel => KeepAsync(queue, context, cancel), context.CancellationToken);
        await context.NotifyFaulted(context.Exception);
    }

    public void Probe(ProbeContext context) => context.CreateScope("failed-messages");

    async Task KeepAsync(string queue, ExceptionReceiveContext context, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(new FailedMessage
        {
            Queue = queue, Body = context.Body.GetBytes(), Error = StoredText.Of(context.Exception.ToString()), FailedAt = clock.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(LogLevel.Error, "A message of {Queue} failed; it is kept in pipeline.failed_messages")]
    static partial void Failed(ILogger log, Exception error, string queue);
}
