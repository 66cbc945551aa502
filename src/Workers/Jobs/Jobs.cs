using Hangfire;
using SaaS.Analytics.Pipeline.Replay;
using SaaS.Analytics.Workers.Alerts;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Operator;
using SaaS.Analytics.Workers.Repairs;
using SaaS.Analytics.Workers.ReportMails;
using SaaS.Analytics.Workers.Rollups;

namespace SaaS.Analytics.Workers.Jobs;

/// <summary>Every recurring job. One not listed any more is taken out of the database at the next start.</summary>
static class Jobs
{
    public static readonly IReadOnlyList<RecurringJob> All =
    [
        RecurringJob.Of<FinishedChunks>("forget-finished-chunks", Cron.Hourly(7), job => job.ForgetAsync(CancellationToken.None)),
        RecurringJob.Of<PendingCopies>("forget-pending-copies", Cron.Daily(4, 23), job => job.ForgetAsync(CancellationToken.None)),
        RecurringJob.Of<FailedEvents>("trim-failed-events", Cron.Hourly(17), job => job.TrimAsync(CancellationToken.None)),
        RecurringJob.Of<StuckChunks>("stuck-chunks", Cron.Minutely(), job => job.SweepAsync(CancellationToken.None)),
        RecurringJob.Of<LedgerAudit>("ledger-recent", Cron.Minutely(), job => job.CheckRecentAsync(CancellationToken.None)),
        RecurringJob.Of<LedgerAudit>("ledger-month", Cron.Daily(3, 11), job => job.CheckMonthAsync(CancellationToken.None)),
        RecurringJob.Of<KeptFailures>("kept-failures", Cron.Minutely(), job => job.CheckAsync(CancellationToken.None)),
        RecurringJob.Of<RollupJob>("rollups", Cron.Minutely(), job => job.RunAsync(CancellationToken.None)),
        RecurringJob.Of<RollupAudit>("rollup-audit", Cron.Daily(2, 23), job => job.CheckAsync(CancellationToken.None)),
        RecurringJob.Of<MonthJob>("rollup-months", Cron.Hourly(29), job => job.RunAsync(CancellationToken.None)),
        RecurringJob.Of<AlertEnds>("alert-ends", Cron.Minutely(), job => job.ResolveAsync(CancellationToken.None)),
        RecurringJob.Of<DueReportMails>("report-mails", Cron.Hourly(3), job => job.WriteAsync(CancellationToken.None)),
    ];
}
