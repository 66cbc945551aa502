using Hangfire;
using Hangfire.Storage;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Jobs;

/// <summary>Makes the database's list of recurring jobs that of <see cref="Jobs"/>, as soon as the database is there.</summary>
sealed class JobList(IRecurringJobManager manager, JobStorage storage, Patience patience) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        patience.UntilThereAsync(_ => Task.Run(Write, stoppingToken), stoppingToken);

    void Write()
    {
        foreach (var job in Jobs.All) manager.AddOrUpdate(job.Name, job.Work, job.When, new RecurringJobOptions());
        using var connection = storage.GetConnection();
        foreach (var gone in connection.GetRecurringJobs().Select(j => j.Id).Except(Jobs.All.Select(j => j.Name)))
            manager.RemoveIfExists(gone);
    }
}
