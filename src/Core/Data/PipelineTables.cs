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
        });
        builder.Entity<FailedChunk>().ToTable("failed_chunks", TableNames.PipelineSchema).HasKey(x => x.ChunkId);
    }
}
