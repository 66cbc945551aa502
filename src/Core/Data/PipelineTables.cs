using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Data;

static class PipelineTables
{
    public static void Apply(ModelBuilder builder)
    {
        builder.Entity<DailySalt>().ToTable("daily_salts", TableNames.PipelineSchema).HasKey(x => x.Day);
        builder.Entity<PartitionLease>(t =>
        {
            t.ToTable("partition_leases", TableNames.PipelineSchema).HasKey(x => x.Partition);
            t.Property(x => x.Partition).ValueGeneratedNever();
        });
        builder.Entity<LiveWorker>().ToTable("live_workers", TableNames.PipelineSchema).HasKey(x => x.Name);
        builder.Entity<ChunkState>(t =>
        {
            t.ToTable("chunks", TableNames.PipelineSchema).HasKey(x => x.CorrelationId);
            t.Property(x => x.CorrelationId).ValueGeneratedNever();
            t.Property(x => x.Counts).HasColumnType("jsonb");
            t.Property(x => x.CurrentState).HasMaxLength(32);
            t.HasIndex(x => x.SealedAt).HasFilter("finished_at IS NULL");
            t.HasIndex(x => x.FinishedAt);
            t.HasIndex(x => x.Uncounted).HasFilter("uncounted");
        });
        builder.Entity<WaitingRepair>(t =>
        {
            t.ToTable("visit_repairs", TableNames.PipelineSchema).HasKey(x => new { x.SiteId, x.VisitorId });
            t.Property(x => x.Stamp).HasDefaultValueSql("gen_random_uuid()");
        });
        builder.Entity<VisitRebuild>(t =>
        {
            t.ToTable("visit_rebuilds", TableNames.PipelineSchema).Property(x => x.RequestedBy).HasMaxLength(320);
            t.HasIndex(x => x.SiteId).HasFilter("finished_at IS NULL");
        });
        builder.Entity<DirtyDay>().ToTable("dirty_days", TableNames.PipelineSchema).HasKey(x => new { x.SiteId, x.Day });
        builder.Entity<RollupDay>().ToTable("rollup_days", TableNames.PipelineSchema).HasKey(x => new { x.SiteId, x.Day });
        builder.Entity<RollupMonth>().ToTable("rollup_months", TableNames.PipelineSchema).HasKey(x => new { x.SiteId, x.Month });
        builder.Entity<RollupBuild>().ToTable("rollup_builds", TableNames.PipelineSchema).HasIndex(x => x.StartedAt);
        builder.Entity<FailedChunk>().ToTable("failed_chunks", TableNames.PipelineSchema).HasKey(x => x.ChunkId);
        builder.Entity<ChunkReplay>().ToTable("chunk_replays", TableNames.PipelineSchema).HasKey(x => x.ChunkId);
        builder.Entity<ChunkTrial>().ToTable("chunk_trials", TableNames.PipelineSchema).HasKey(x => x.ChunkId);
        builder.Entity<FailedMessage>().ToTable("failed_messages", TableNames.PipelineSchema);
        builder.Entity<OperatorAlert>(t =>
        {
            t.ToTable("operator_alerts", TableNames.PipelineSchema).Property(x => x.Kind).HasMaxLength(64);
            t.HasIndex(x => new { x.Kind, x.SiteId }).IsUnique().AreNullsDistinct(false).HasFilter("resolved_at IS NULL");
        });
    }
}
