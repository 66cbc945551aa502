using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class QuarantineTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static async Task<(string Folder, Guid Chunk)> ChunkAfterAsync(int deaths)
    {
        var folder = Directory.CreateTempSubdirectory("collector-").FullName;
        var id = Guid.Empty;
        for (var death = 0; death <= deaths; death++)
        {
            await using var spool = new SpoolFixture(Path.Combine(folder, "spool"));
            if (death == 0)
            {
                spool.StartSealing();
                await spool.AcceptAsync("poison");
                await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 1);
            }
            id = spool.Chunks.All.Single().Id;
            Assert.Equal(death, spool.Chunks.All.Single().Deaths);
            if (death < deaths) await spool.Spool.NoteAsync(RecordKind.Attempt, spool.Chunks.All.Single());
        }
        return (folder, id);
    }

    [Fact]
    public async Task A_chunk_that_killed_five_processes_is_put_away_with_its_payload()
    {
        var (folder, id) = await ChunkAfterAsync(deaths: 5);
        var failed = new TaskCompletionSource<ChunkFailed>();
        await using var host = await CollectorHost.StartAsync(
            folder,
            builder => builder.OnBus(endpoints: (_, bus) => bus.ReceiveEndpoint("test-failed", e => MassTransit.HandlerExtensions.Handler<ChunkFailed>(e, c =>
            {
                failed.TrySetResult(c.Message);
                return Task.CompletedTask;
            }))),
            ("Postgres:System", postgres.System));
        Assert.Equal(id, (await failed.Task.WaitAsync(TimeSpan.FromSeconds(60))).ChunkId);
        await using var db = new SystemDb(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);
        var row = await db.FailedChunks.SingleAsync(c => c.ChunkId == id);
        Assert.Equal("poison", Assert.Single(ChunkPayload.Read(row.Payload)).Event.Name);
    }

    [Fact]
    public async Task A_process_that_ends_in_order_is_no_death()
    {
        var (folder, _) = await ChunkAfterAsync(deaths: 1);
        for (var life = 0; life < 2; life++)
        {
            await using var host = await CollectorHost.StartAsync(folder);
            await SpoolFixture.UntilAsync(() => host.Records().Count(r => r.Kind == RecordKind.Attempt) == life + 2);
        }
        await using var spool = new SpoolFixture(Path.Combine(folder, "spool"));
        Assert.Equal(1, spool.Chunks.All.Single().Deaths);
    }
}
