using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SpoolDamageTests
{
    static string NewFolder() => Directory.CreateTempSubdirectory("spool-").FullName;

    static string[] Names(byte[] payload) => [.. ChunkPayload.Read(payload).Select(e => e.Event.Name)];

    /// <summary>A spool that keeps no payload in memory, with one chunk of three events.</summary>
    static async Task<(SpoolFixture Spool, OpenChunk Chunk)> SealedAsync(string folder)
    {
        var spool = new SpoolFixture(folder, s => s.BacklogMemoryBytes = 0);
        foreach (var name in (string[])["one", "two", "three"]) await spool.AcceptAsync(name);
        spool.StartSealing();
        await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 1);
        return (spool, spool.Chunks.All.Single());
    }

    static void Flip(string folder, SpoolPosition at, int offset)
    {
        using var file = File.Open(Path.Combine(folder, $"{at.Segment:d12}.log"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Position = at.Offset + offset;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 0x10));
    }

    [Fact]
    public async Task A_damaged_seal_is_made_again_of_its_events()
    {
        var folder = NewFolder();
        var (spool, chunk) = await SealedAsync(folder);
        await using var _ = spool;
        var before = spool.Spool.PayloadOf(chunk);
        Flip(folder, chunk.Position, SpoolRecord.HeaderBytes + 5);
        Assert.Equal(before, spool.Spool.PayloadOf(chunk));
    }

    [Fact]
    public async Task Where_events_are_damaged_too_the_others_can_still_be_put_away()
    {
        var folder = NewFolder();
        var (spool, chunk) = await SealedAsync(folder);
        await using var _ = spool;
        Flip(folder, chunk.Position, SpoolRecord.HeaderBytes + 5);
        Flip(folder, chunk.From, SpoolRecord.HeaderBytes + 5);
        var damaged = Assert.Throws<DamagedChunkException>(() => spool.Spool.PayloadOf(chunk));
        Assert.Equal(["two", "three"], Names(damaged.Payload));
    }

    [Fact]
    public async Task A_spool_whose_segment_is_gone_says_so()
    {
        var folder = NewFolder();
        var (spool, chunk) = await SealedAsync(folder);
        await using var _ = spool;
        File.Delete(Path.Combine(folder, $"{chunk.Position.Segment:d12}.log"));
        Assert.Empty(Names(Assert.Throws<DamagedChunkException>(() => spool.Spool.PayloadOf(chunk)).Payload));
    }

    [Fact]
    public async Task After_a_restart_the_events_of_a_damaged_seal_are_sealed_again_though_later_seals_are_whole()
    {
        var folder = NewFolder();
        SpoolPosition damaged;
        await using (var spool = new SpoolFixture(folder).StartSealing())
        {
            await spool.AcceptAsync("first");
            await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 1);
            damaged = spool.Chunks.All.Single().Position;
            await spool.AcceptAsync("second");
            await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 2);
        }
        Flip(folder, damaged, SpoolRecord.HeaderBytes + 5);
        await using var again = new SpoolFixture(folder).StartSealing();
        await SpoolFixture.UntilAsync(() => again.Chunks.All.Count == 2);
        Assert.Equal(["first", "second"], again.Chunks.All.SelectMany(c => Names(again.Spool.PayloadOf(c))).Order(StringComparer.Ordinal));
    }
}
