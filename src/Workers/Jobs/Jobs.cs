using Hangfire;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Jobs;

/// <summary>Every recurring job. One not listed any more is taken out of the database at the next start.</summary>
static class Jobs
{
    public static readonly IReadOnlyList<RecurringJob> All =
    [
        RecurringJob.Of<FinishedChunks>("forget-finished-chunks", Cron.Hourly(7), job => job.ForgetAsync(CancellationToken.None)),
    ];
}
