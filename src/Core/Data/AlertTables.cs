using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

static class AlertTables
{
    public static void Apply(ModelBuilder builder, AnalyticsDb db)
    {
        Rules(builder, db);
        Alerts(builder, db);
        builder.Entity<AlertTarget>(t =>
        {
            t.ToTable("alert_targets").HasIndex(x => x.Token).IsUnique();
            t.HasIndex(x => new { x.TenantId, x.UserId }).IsUnique().HasFilter("user_id IS NOT NULL");
            t.HasOne<User>().WithMany().HasForeignKey(x => x.UserId).OnDelete(DeleteBehavior.Cascade);
            t.Property(x => x.Kind).HasMaxLength(16);
            t.Property(x => x.Address).HasMaxLength(500);
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
        builder.Entity<AlertDelivery>(t =>
        {
            t.ToTable("alert_deliveries").HasOne<Alert>().WithMany().HasForeignKey(x => x.AlertId).OnDelete(DeleteBehavior.Cascade);
            t.HasIndex(x => new { x.TenantId, x.CreatedAt });
            t.HasIndex(x => x.DueAt).HasFilter("due_at IS NOT NULL");
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
    }

    static void Rules(ModelBuilder builder, AnalyticsDb db) => builder.Entity<AlertRule>(t =>
    {
        t.ToTable("alert_rules").HasIndex(x => x.SiteId);
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Name).HasMaxLength(120);
        t.Property(x => x.Kind).HasMaxLength(32);
        t.Property(x => x.Settings).HasColumnType("jsonb");
        t.Property(x => x.Version).IsRowVersion();
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Alerts(ModelBuilder builder, AnalyticsDb db)
    {
        builder.Entity<Alert>(t =>
        {
            t.ToTable("alerts").HasIndex(x => new { x.TenantId, x.State, x.OpenedAt });
            t.HasIndex(x => new { x.RuleId, x.OpenedAt });
            t.HasIndex(x => x.RuleId).IsUnique().HasFilter("visit_id = 0 AND state <> 'resolved'").HasDatabaseName("ix_alerts_one_open_number");
            t.HasIndex(x => x.RuleId, "ix_alerts_holding").HasFilter("holds");
            t.HasIndex(x => x.OpenedAt, "ix_alerts_open").HasFilter("state = 'open'");
            t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
            t.Property(x => x.RuleName).HasMaxLength(120);
            t.Property(x => x.Kind).HasMaxLength(32);
            t.Property(x => x.Severity).HasMaxLength(16);
            t.Property(x => x.State).HasMaxLength(16);
            t.Property(x => x.Title).HasMaxLength(400);
            t.Property(x => x.Facts).HasColumnType("jsonb");
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
        builder.Entity<AlertNote>(t =>
        {
            t.ToTable("alert_notes").HasIndex(x => new { x.AlertId, x.At });
            t.HasOne<Alert>().WithMany().HasForeignKey(x => x.AlertId).OnDelete(DeleteBehavior.Cascade);
            t.Property(x => x.By).HasMaxLength(256);
            t.Property(x => x.What).HasMaxLength(400);
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
    }
}
