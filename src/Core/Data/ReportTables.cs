using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Ads;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

/// <summary>What a site's reports are set up with.</summary>
static class ReportTables
{
    public static void Apply(ModelBuilder builder, AnalyticsDb db)
    {
        Goals(builder, db);
        AdCosts(builder, db);
        SavedReports(builder, db);
        ReportMails(builder, db);
    }

    static void Goals(ModelBuilder builder, AnalyticsDb db) => builder.Entity<Goal>(t =>
    {
        t.ToTable("goals").HasIndex(x => new { x.SiteId, x.Name }).IsUnique();
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Name).HasMaxLength(120);
        t.Property(x => x.Target).HasMaxLength(500);
        t.Property(x => x.PropertyKey).HasMaxLength(300);
        t.Property(x => x.PropertyValue).HasMaxLength(500);
        t.Property(x => x.Currency).HasMaxLength(3);
        t.Property(x => x.Version).IsRowVersion();
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void AdCosts(ModelBuilder builder, AnalyticsDb db) => builder.Entity<AdCost>(t =>
    {
        t.ToTable("ad_costs").HasIndex(x => new { x.SiteId, x.Day, x.Source, x.Medium, x.Campaign, x.Content, x.Currency }).IsUnique();
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Source).HasMaxLength(200);
        t.Property(x => x.Medium).HasMaxLength(200);
        t.Property(x => x.Campaign).HasMaxLength(200);
        t.Property(x => x.Content).HasMaxLength(200);
        t.Property(x => x.Currency).HasMaxLength(3);
        t.Property(x => x.Cost).HasPrecision(18, 4);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void SavedReports(ModelBuilder builder, AnalyticsDb db) => builder.Entity<SavedReport>(t =>
    {
        t.ToTable("saved_reports").HasIndex(x => x.SiteId);
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.HasOne<User>().WithMany().HasForeignKey(x => x.OwnerId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Name).HasMaxLength(120);
        t.Property(x => x.Query).HasMaxLength(4000);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void ReportMails(ModelBuilder builder, AnalyticsDb db) => builder.Entity<ReportMail>(t =>
    {
        t.ToTable("report_mails").HasIndex(x => new { x.SiteId, x.Address, x.Cadence }).IsUnique();
        t.HasIndex(x => x.Secret).IsUnique();
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Address).HasMaxLength(254);
        t.Property(x => x.Portal).HasMaxLength(300);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });
}
