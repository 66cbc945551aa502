using System.Linq.Expressions;

namespace SaaS.Analytics.Workers.Jobs;

/// <summary>Work that is done again and again, by one worker at a time; doing it twice must change nothing.</summary>
/// <param name="Name">Its name in Hangfire's tables.</param>
/// <param name="When">Cron expression, UTC.</param>
/// <param name="Work">The call, with what the container makes of its class.</param>
sealed record RecurringJob(string Name, string When, Hangfire.Common.Job Work)
{
    public static RecurringJob Of<T>(string name, string when, Expression<Func<T, Task>> work) =>
        new(name, when, Hangfire.Common.Job.FromExpression(work));
}
