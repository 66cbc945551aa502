using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

static class TenancyTables
{
    public static void Apply(ModelBuilder builder, AnalyticsDb db)
    {
        builder.Entity<Tenant>(t =>
        {
            t.ToTable("tenants").Property(x => x.Name).HasMaxLength(120);
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.Id == db.TenantId);
        });
        builder.Entity<Member>(t =>
        {
            t.ToTable("members").HasKey(x => new { x.TenantId, x.UserId });
            t.HasOne<User>().WithMany().HasForeignKey(x => x.UserId).OnDelete(DeleteBehavior.Cascade);
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
        Sites(builder, db);
        Shields(builder, db);
        ChannelRules(builder, db);
        ApiKeys(builder, db);
        FailedEvents(builder, db);
        Segments(builder, db);
        TagTables.Apply(builder, db);
        AlertTables.Apply(builder, db);
        builder.Entity<OutboxMail>(t =>
        {
            t.ToTable("outbox_mails").HasIndex(x => x.DueAt).HasFilter("sent_at IS NULL AND failed_at IS NULL");
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
        foreach (var type in builder.Model.GetEntityTypes().Where(t => typeof(ITenantOwned).IsAssignableFrom(t.ClrType)))
            builder.Entity(type.ClrType).HasOne(typeof(Tenant)).WithMany()
                .HasForeignKey(nameof(ITenantOwned.TenantId)).OnDelete(DeleteBehavior.Cascade);
    }

    static void Segments(ModelBuilder builder, AnalyticsDb db) => builder.Entity<Segment>(t =>
    {
        t.ToTable("segments").HasIndex(x => x.SiteId);
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.HasOne<User>().WithMany().HasForeignKey(x => x.OwnerId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Name).HasMaxLength(120);
        t.Property(x => x.Filters).HasColumnType("jsonb");
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Sites(ModelBuilder builder, AnalyticsDb db) => builder.Entity<Site>(t =>
    {
        t.ToTable("sites").HasIndex(x => x.TrackingId).IsUnique();
        t.HasIndex(x => new { x.TenantId, x.Domain }).IsUnique();
        t.Property(x => x.Id).UseIdentityAlwaysColumn();
        t.Property(x => x.TrackingId).HasMaxLength(19);
        t.Property(x => x.Domain).HasMaxLength(253);
        t.Property(x => x.Name).HasMaxLength(120);
        t.Property(x => x.TimeZone).HasMaxLength(64);
        t.Property(x => x.IdentitySecret).HasMaxLength(64).HasDefaultValueSql("replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')").HasSentinel("");
        t.Property(x => x.Version).IsRowVersion();
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Shields(ModelBuilder builder, AnalyticsDb db) => builder.Entity<Shield>(t =>
    {
        t.ToTable("shields").HasIndex(x => new { x.SiteId, x.Fact, x.Value }).IsUnique();
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Fact).HasMaxLength(16);
        t.Property(x => x.Value).HasMaxLength(ShieldFacts.MaxLength);
        t.Property(x => x.Note).HasMaxLength(120);
        t.Ignore(x => x.Rule);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void ChannelRules(ModelBuilder builder, AnalyticsDb db) => builder.Entity<ChannelRuleVersion>(t =>
    {
        t.ToTable("channel_rules").HasKey(x => new { x.SiteId, x.Number });
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Rules).HasColumnType("jsonb");
        t.Property(x => x.Change).HasMaxLength(200);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void ApiKeys(ModelBuilder builder, AnalyticsDb db) => builder.Entity<ApiKey>(t =>
    {
        t.ToTable("api_keys").HasIndex(x => x.Hash).IsUnique();
        t.Property(x => x.Name).HasMaxLength(120);
        t.Property(x => x.Prefix).HasMaxLength(16);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void FailedEvents(ModelBuilder builder, AnalyticsDb db) => builder.Entity<FailedEvent>(t =>
    {
        t.ToTable("failed_events").HasIndex(x => new { x.SiteId, x.ReceivedAt });
        t.HasIndex(x => new { x.ChunkId, x.Place }).IsUnique();
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });
}
