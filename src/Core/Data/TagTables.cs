using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

static class TagTables
{
    const int NameLength = 120;
    const int EmailLength = 256;

    public static void Apply(ModelBuilder builder, AnalyticsDb db)
    {
        builder.Entity<TagContainer>(t =>
        {
            t.ToTable("tag_containers").HasKey(x => x.SiteId);
            t.HasOne<Site>().WithOne().HasForeignKey<TagContainer>(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
            t.Property(x => x.SiteId).ValueGeneratedNever();
            t.Property(x => x.Consent).HasColumnType("jsonb");
            t.Property(x => x.Version).IsRowVersion();
            t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
        });
        Items(builder, db);
        Versions(builder, db);
        Environments(builder, db);
        Changes(builder, db);
        Counts(builder, db);
    }

    static void Items(ModelBuilder builder, AnalyticsDb db) => builder.Entity<TagItem>(t =>
    {
        t.ToTable("tag_items").HasKey(x => new { x.SiteId, x.Number });
        t.HasIndex(x => new { x.SiteId, x.Sort, x.Name }).IsUnique();
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Kind).HasMaxLength(32);
        t.Property(x => x.Name).HasMaxLength(NameLength);
        t.Property(x => x.Folder).HasMaxLength(NameLength);
        t.Property(x => x.Note).HasMaxLength(1000);
        t.Property(x => x.Settings).HasColumnType("jsonb");
        t.Property(x => x.Options).HasColumnType("jsonb");
        t.Property(x => x.ChangedBy).HasMaxLength(EmailLength);
        t.Property(x => x.Version).IsRowVersion();
        t.Ignore(x => x.Content);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Versions(ModelBuilder builder, AnalyticsDb db) => builder.Entity<TagVersion>(t =>
    {
        t.ToTable("tag_versions").HasKey(x => new { x.SiteId, x.Number });
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Name).HasMaxLength(NameLength);
        t.Property(x => x.Note).HasMaxLength(1000);
        t.Property(x => x.Author).HasMaxLength(EmailLength);
        t.Property(x => x.Content).HasColumnType("jsonb");
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Environments(ModelBuilder builder, AnalyticsDb db) => builder.Entity<TagEnvironment>(t =>
    {
        t.ToTable("tag_environments").HasKey(x => new { x.SiteId, x.Name });
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.Name).HasMaxLength(40);
        t.Property(x => x.Key).HasMaxLength(16);
        t.Property(x => x.PublishedBy).HasMaxLength(EmailLength);
        t.Property(x => x.Version).IsRowVersion();
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Changes(ModelBuilder builder, AnalyticsDb db) => builder.Entity<TagChange>(t =>
    {
        t.ToTable("tag_changes").HasIndex(x => new { x.SiteId, x.At });
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.Property(x => x.By).HasMaxLength(EmailLength);
        t.Property(x => x.What).HasMaxLength(300);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });

    static void Counts(ModelBuilder builder, AnalyticsDb db) => builder.Entity<TagCount>(t =>
    {
        t.ToTable("tag_counts").HasKey(x => new { x.SiteId, x.Day, x.Tag });
        t.HasOne<Site>().WithMany().HasForeignKey(x => x.SiteId).OnDelete(DeleteBehavior.Cascade);
        t.HasQueryFilter(AnalyticsDb.TenantFilter, x => db.SeesEveryTenant || x.TenantId == db.TenantId);
    });
}
