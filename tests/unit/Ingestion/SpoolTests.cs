using CsCheck;
using MemoryPack;
using SaaS.Analytics.Events;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SpoolTests
{
    static string NewFolder() => Directory.CreateTempSubdirectory("spool-").FullName;

    static string[] Names(IEnumerable<SpoolRecord> records) => [.. records.Events().Select(e => e.Name)];

    [Fact]
    public void A_cut_at_any_byte_leaves_exactly_the_whole_records_before_it()
    {
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 40].Array[1, 8], Gen.Double[0, 1]).Sample((names, where) =>
        {
            var records = names.Select(n => SpoolFixture.Record(n)).ToArray();
            var all = records.SelectMany(r => r).ToArray();
            var cut = (int)(where * all.Length);
            var whole = 0;
            for (var end = 0; whole < records.Length && (end += records[whole].Length) <= cut;) whole++;
            var read = new List<SpoolRecord>();
            SpoolReplay.Segment(all.AsMemory(0, cut), (_, r) => read.Add(r));
            return Names(read).SequenceEqual(names.Take(whole));
        }, iter: 300);
    }

    [Fact]
    public void Every_single_byte_cut_of_a_segment_file_recovers_the_prefix()
    {
        var records = Enumerable.Range(0, 3).Select(i => SpoolFixture.Record($"e{i}")).ToArray();
        var all = records.SelectMany(r => r).ToArray();
        for (var cut = 0; cut <= all.Length; cut++)
        {
            var read = new List<SpoolRecord>();
            SpoolReplay.Segment(all.AsMemory(0, cut), (_, r) => read.Add(r));
            Assert.Equal(cut / records[0].Length, read.Count);
        }
    }

    [Fact]
    public void A_flipped_bit_costs_one_record_and_not_those_behind_it()
    {
        var all = Enumerable.Range(0, 5).SelectMany(i => SpoolFixture.Record($"e{i}")).ToArray();
        all[all.Length / 2] ^= 1;
        var read = new List<SpoolRecord>();
        Assert.NotEqual(0, SpoolReplay.Segment(all, (_, r) => read.Add(r)));
        Assert.Equal(["e0", "e1", "e3", "e4"], Names(read));
    }

    [Fact]
    public async Task What_was_accepted_by_many_at_once_is_all_there()
    {
        var folder = NewFolder();
        var names = Enumerable.Range(0, 500).Select(i => $"event {i}").ToArray();
        await using (var spool = new SpoolFixture(folder))
            await Task.WhenAll(names.Select(n => Task.Run(() => spool.AcceptAsync(n))));
        Assert.Equal(names.Order(StringComparer.Ordinal), Names(SpoolFolderReader.Read(folder)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Segments_roll_and_nothing_is_lost_between_them()
    {
        var folder = NewFolder();
        await using (var spool = new SpoolFixture(folder, s => s.SegmentBytes = 1000))
            for (var i = 0; i < 50; i++) await spool.AcceptAsync($"event {i}");
        Assert.True(Directory.GetFiles(folder, "*.log").Length > 2);
        Assert.Equal(50, SpoolFolderReader.Read(folder).Count);
    }

    [Fact]
    public async Task Unsealed_events_are_sealed_after_a_restart_and_a_replay_gives_the_same_chunks()
    {
        var folder = NewFolder();
        var names = Enumerable.Range(0, 20).Select(i => $"event {i}").ToArray();
        await using (var crashed = new SpoolFixture(folder))
            foreach (var name in names) await crashed.AcceptAsync(name, partition: 1);

        (Guid, int, byte[], string) first;
        await using (var second = new SpoolFixture(folder).StartSealing())
        {
            await SpoolFixture.UntilAsync(() => second.Chunks.All.Count > 0);
            first = Print(second, Assert.Single(second.Chunks.All));
        }
        Assert.Equal(names, ChunkPayload.Read(first.Item3).Select(e => e.Event.Name));

        await using var third = new SpoolFixture(folder);
        var again = Print(third, Assert.Single(third.Chunks.All));
        Assert.Equal(first.Item1, again.Item1);
        Assert.Equal(first.Item3, again.Item3);
        Assert.Equal(first.Item4, again.Item4);
        Assert.Equal(1, again.Item2);
    }

    static (Guid Id, int Partition, byte[] Payload, string Counts) Print(SpoolFixture spool, OpenChunk chunk) =>
        (chunk.Id, chunk.Partition, spool.Spool.PayloadOf(chunk), System.Text.Json.JsonSerializer.Serialize(chunk.Counts));

    [Fact]
    public async Task Each_event_is_in_exactly_one_chunk_whenever_the_process_dies()
    {
        var folder = NewFolder();
        var sent = new List<string>();
        for (var life = 0; life < 5; life++)
        {
            await using var spool = new SpoolFixture(folder).StartSealing();
            for (var i = 0; i < 40; i++)
            {
                sent.Add($"{life}/{i}");
                await spool.AcceptAsync(sent[^1], siteId: i % 3, partition: i % 3);
                if (i % 20 == 19) await Task.Delay(life * 100);
            }
        }
        await using var last = new SpoolFixture(folder).StartSealing();
        await SpoolFixture.UntilAsync(() => last.Chunks.All.Sum(c => c.Count) >= sent.Count);
        var stored = last.Chunks.All.SelectMany(c => ChunkPayload.Read(last.Spool.PayloadOf(c))).Select(e => e.Event.Name);
        Assert.Equal(sent.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Finished_chunks_free_their_segments()
    {
        var folder = NewFolder();
        await using var spool = new SpoolFixture(folder, s => s.SegmentBytes = 2000).StartSealing();
        for (var i = 0; i < 100; i++) await spool.AcceptAsync($"event {i}");
        await SpoolFixture.UntilAsync(() => spool.Chunks.All.Sum(c => c.Count) == 100);
        foreach (var chunk in spool.Chunks.All) await spool.Spool.NoteAsync(RecordKind.Finished, chunk);
        await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 0 && Directory.GetFiles(folder, "*.log").Length == 1);
    }

    [Fact]
    public async Task A_finished_chunk_stays_finished_after_a_restart()
    {
        var folder = NewFolder();
        await using (var spool = new SpoolFixture(folder).StartSealing())
        {
            await spool.AcceptAsync("one");
            await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 1);
            await spool.Spool.NoteAsync(RecordKind.Finished, spool.Chunks.All.Single());
        }
        await using var again = new SpoolFixture(folder);
        Assert.Empty(again.Chunks.All);
    }

    [Fact]
    public async Task A_full_spool_takes_no_more_events_but_its_own_notes()
    {
        await using var spool = new SpoolFixture(NewFolder(), s => s.SpoolMinFreeBytes = long.MaxValue);
        await Assert.ThrowsAsync<SpoolUnavailableException>(() => spool.AcceptAsync("one"));
        Assert.False(spool.Spool.Accepts);
    }

    [Fact]
    public async Task A_backlog_beyond_the_memory_is_read_from_the_spool()
    {
        await using var spool = new SpoolFixture(NewFolder(), s => s.BacklogMemoryBytes = 0).StartSealing();
        await spool.AcceptAsync("one");
        await SpoolFixture.UntilAsync(() => spool.Chunks.All.Count == 1);
        var chunk = spool.Chunks.All.Single();
        Assert.Null(chunk.Payload);
        Assert.Equal("one", Assert.Single(ChunkPayload.Read(spool.Spool.PayloadOf(chunk))).Event.Name);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused()
    {
        var folder = NewFolder();
        await using var spool = new SpoolFixture(folder);
        Assert.ThrowsAny<IOException>(() => new SpoolFixture(folder));
    }

    [Fact]
    public void A_chunk_holds_at_most_5000_events()
    {
        var pending = new PendingPartition(0);
        for (var i = 0; i < 5200; i++)
        {
            Assert.True(SpoolRecord.TryRead(SpoolFixture.Record("x"), out var record));
            pending.Add(new SpoolPosition(1, i * 100), record, 0);
        }
        var chunk = pending.Seal(DateTime.UtcNow);
        Assert.Equal(5000, chunk.Count);
        pending.Remove(new SpoolPosition(chunk.From), new SpoolPosition(chunk.To), 0);
        Assert.Equal(200, pending.Seal(DateTime.UtcNow).Count);
    }

    [Fact]
    public void Events_that_do_not_compress_make_smaller_chunks()
    {
        var pending = new PendingPartition(0);
        for (var i = 0; i < 300; i++)
        {
            var e = new CollectedEvent
            {
                Id = Guid.NewGuid(), Name = "x", Timestamp = DateTime.UtcNow, ClientTimestamp = DateTime.UtcNow,
                Url = string.Concat(Enumerable.Range(0, 300).Select(_ => Guid.NewGuid().ToString("N"))),
            };
            pending.Add(new SpoolPosition(1, i * 100), new SpoolRecord(RecordKind.Event, 7, 0, 0, MemoryPackSerializer.Serialize(e)), 0);
        }
        var chunk = pending.Seal(DateTime.UtcNow);
        Assert.InRange(chunk.Payload.Length, 1, 1024 * 1024);
        Assert.InRange(chunk.Count, 1, 299);
    }
}
