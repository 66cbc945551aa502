using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Workers.Operator;

/// <summary>Something that is wrong now.</summary>
/// <param name="SiteId">Null where it concerns no one site.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="Details">A sentence for a person.</param>
public sealed record OperatorProblem(int? SiteId, DateTime Since, string Details);

/// <summary>Raises what is new, once, with a log line and a mail, and resolves what is over.</summary>
public sealed partial class OperatorAlerts(
    IDbContextFactory<SystemDb> databases, IOptions<OperatorSettings> settings, TimeProvider clock, ILogger<OperatorAlerts> log)
{
    /// <param name="kind">What was looked for, as in <see cref="OperatorAlert.Kind"/>.</param>
    /// <param name="problems">All there are, at most one for each site.</param>
    /// <param name="lookedBackTo">Alerts that began before this are left as they are: nobody has looked.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task SetAsync(string kind, IReadOnlyCollection<OperatorProblem> problems, DateTime lookedBackTo, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({kind}))", cancel);
        var open = await db.OperatorAlerts.AsTracking().Where(a => a.Kind == kind && a.ResolvedAt == null).ToListAsync(cancel);
        foreach (var alert in open.Where(a => a.Since >= lookedBackTo && !problems.Any(p => p.SiteId == a.SiteId)))
            alert.ResolvedAt = clock.GetUtcNow().UtcDateTime;
        foreach (var problem in problems)
            if (open.Find(a => a.SiteId == problem.SiteId) is { } known) known.Details = problem.Details;
            else Raise(db, kind, problem);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    void Raise(SystemDb db, string kind, OperatorProblem problem)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new OperatorAlert { Kind = kind, SiteId = problem.SiteId, Since = problem.Since, Details = problem.Details, RaisedAt = now });
        Raised(log, kind, problem.SiteId, problem.Details);
        if (settings.Value.Mail.Length > 0)
            db.Add(new Letter($"Operator alert: {kind}").Say(problem.Details).Say($"Since {problem.Since:u}.").To(settings.Value.Mail, now));
    }

    [LoggerMessage(LogLevel.Error, "Operator alert {Kind}, site {SiteId}: {Details}")]
    static partial void Raised(ILogger log, string kind, int? siteId, string details);
}
