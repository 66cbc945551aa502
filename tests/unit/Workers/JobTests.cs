using Hangfire;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Tests.Workers;

public sealed class JobTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    [Fact]
    public async Task Jobs_of_the_list_run_and_others_are_taken_out()
    {
        var old = Guid.CreateVersion7();
        await using (var db = stack.Database())
        {
            db.Add(new ChunkState { CorrelationId = old, CurrentState = "Done", FinishedAt = DateTime.UtcNow - FinishedChunks.Kept - TimeSpan.FromHours(1) });
            await db.SaveChangesAsync();
        }
        await using (var first = await WorkerHost.StartAsync(stack))
        {
            await Eventually.TrueAsync(() => Names(first).Contains("forget-finished-chunks"), "the list is written");
            first.Get<IRecurringJobManager>().AddOrUpdate<FinishedChunks>("of-an-older-version", job => job.ForgetAsync(CancellationToken.None), Cron.Never());
            first.Get<IRecurringJobManager>().Trigger("forget-finished-chunks");
            await Eventually.TrueAsync(async () => !await stack.Database().Chunks.AnyAsync(c => c.CorrelationId == old), "the job has run");
        }
        await using var second = await WorkerHost.StartAsync(stack);
        await Eventually.TrueAsync(() => !Names(second).Contains("of-an-older-version"), "the other is gone");
    }

    static List<string> Names(WorkerHost host)
    {
        using var connection = host.Get<JobStorage>().GetConnection();
        return [.. connection.GetRecurringJobs().Select(j => j.Id)];
    }
}
