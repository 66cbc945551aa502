using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Ads;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

/// <summary>Everything the product keeps in PostgreSQL, as the tenant in <see cref="TenantScope"/> may see it.</summary>
public class AnalyticsDb : IdentityDbContext<User, IdentityRole<Guid>, Guid>, IDataProtectionKeyContext
{
    readonly TenantScope scope;

    public AnalyticsDb(DbContextOptions<AnalyticsDb> options, TenantScope scope) : base(options) => this.scope = scope;

    /// <summary>For <see cref="SystemDb"/>: untyped options would let the container hand one context the other's connection.</summary>
    protected AnalyticsDb(DbContextOptions options) : base(options) => scope = new TenantScope();

    public const string TenantFilter = "Tenant";

    /// <summary>Read by the query filters at execution, so that one compiled model serves every tenant.</summary>
    public Guid TenantId => scope.TenantId;

    /// <summary>True only in <see cref="SystemDb"/>.</summary>
    public virtual bool SeesEveryTenant => false;

    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<Shield> Shields => Set<Shield>();
    public DbSet<ChannelRuleVersion> ChannelRules => Set<ChannelRuleVersion>();
    public DbSet<Segment> Segments => Set<Segment>();
    public DbSet<TagContainer> TagContainers => Set<TagContainer>();
    public DbSet<TagItem> TagItems => Set<TagItem>();
    public DbSet<TagVersion> TagVersions => Set<TagVersion>();
    public DbSet<TagEnvironment> TagEnvironments => Set<TagEnvironment>();
    public DbSet<TagChange> TagChanges => Set<TagChange>();
    public DbSet<TagCount> TagCounts => Set<TagCount>();
    public DbSet<Goal> Goals => Set<Goal>();
    public DbSet<AdCost> AdCosts => Set<AdCost>();
    public DbSet<SavedReport> SavedReports => Set<SavedReport>();
    public DbSet<ReportMail> ReportMails => Set<ReportMail>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<AlertRule> AlertRules => Set<AlertRule>();
    public DbSet<AlertTarget> AlertTargets => Set<AlertTarget>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<AlertNote> AlertNotes => Set<AlertNote>();
    public DbSet<AlertDelivery> AlertDeliveries => Set<AlertDelivery>();
    public DbSet<OutboxMail> Outbox => Set<OutboxMail>();
    public DbSet<DailySalt> DailySalts => Set<DailySalt>();
    public DbSet<PartitionLease> PartitionLeases => Set<PartitionLease>();
    public DbSet<LiveWorker> LiveWorkers => Set<LiveWorker>();
    public DbSet<ChunkState> Chunks => Set<ChunkState>();
    public DbSet<WaitingRepair> VisitRepairs => Set<WaitingRepair>();
    public DbSet<VisitRebuild> VisitRebuilds => Set<VisitRebuild>();
    public DbSet<DirtyDay> DirtyDays => Set<DirtyDay>();
    public DbSet<RollupDay> RollupDays => Set<RollupDay>();
    public DbSet<RollupMonth> RollupMonths => Set<RollupMonth>();
    public DbSet<RollupBuild> RollupBuilds => Set<RollupBuild>();
    public DbSet<FailedChunk> FailedChunks => Set<FailedChunk>();
    public DbSet<FailedEvent> FailedEvents => Set<FailedEvent>();
    public DbSet<ChunkReplay> ChunkReplays => Set<ChunkReplay>();
    public DbSet<ChunkTrial> ChunkTrials => Set<ChunkTrial>();
    public DbSet<FailedMessage> FailedMessages => Set<FailedMessage>();
    public DbSet<OperatorAlert> OperatorAlerts => Set<OperatorAlert>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        TableNames.Apply(builder);
        ReportTables.Apply(builder, this);
        TenancyTables.Apply(builder, this);
        PipelineTables.Apply(builder);
    }
}
