using System.Security.Cryptography;
using ClickHouse.Driver;
using ClickHouse.Driver.Compression;
using ClickHouse.Driver.Constraints;
using ClickHouse.Driver.Copy;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class InsertTests(ClickHouseFixture clickHouse)
{
    private const string Columns = "id UInt64, at DateTime64(3, 'UTC'), bytes String, maybe Nullable(Float64), tags Array(LowCardinality(String)), day Date DEFAULT toDate(at)";
    private static readonly string[] Names = ["id", "at", "bytes", "maybe", "tags"];

    public static TheoryData<string, InsertQueryPlacement> Ways => new()
    {
        { nameof(ZstdCompressor), InsertQueryPlacement.Body },
        { nameof(ZstdCompressor), InsertQueryPlacement.Url },
        { nameof(GZipCompressor), InsertQueryPlacement.Body },
        { nameof(BrotliCompressor), InsertQueryPlacement.Url },
        { "", InsertQueryPlacement.Body },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RandomBytesOf100000RowsArriveWhole(string compressor, InsertQueryPlacement placement)
    {
        var table = await clickHouse.TableAsync(Columns);
        var rows = Rows(100_000);
        var options = new InsertOptions { Compressor = Compressor(compressor), QueryPlacement = placement };
        Assert.Equal(100_000, await clickHouse.Client.InsertBinaryAsync(table, Names, rows, options));
        var xor = rows.Aggregate(0UL, (sum, row) => sum ^ BitConverter.ToUInt64(SHA256.HashData((byte[])row[2])));
        Assert.Equal(xor, await clickHouse.Client.ExecuteScalarAsync($"SELECT groupBitXor(reinterpretAsUInt64(substring(SHA256(bytes), 1, 8))) FROM {table}"));
        Assert.Equal(100_000, await clickHouse.ScalarAsync<int>($"SELECT uniqExact(id) FROM {table} WHERE day = toDate(at)"));
    }

    [Fact]
    public async Task OneBlockInOneToken()
    {
        var table = await clickHouse.TableAsync(Columns, "ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY id SETTINGS non_replicated_deduplication_window = 1000");
        var rows = Rows(30_000);
        for (var i = 0; i < 3; i++)
            await clickHouse.Client.InsertBinaryAsync(table, Names, rows, Token("same"));
        Assert.Equal(30_000, await clickHouse.ScalarAsync<int>($"SELECT count() FROM {table}"));
        Assert.Equal(3, await clickHouse.ScalarAsync<int>($"SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = '{table}' AND active"));
        await clickHouse.Client.InsertBinaryAsync(table, Names, rows, Token("other"));
        Assert.Equal(60_000, await clickHouse.ScalarAsync<int>($"SELECT count() FROM {table}"));
    }

    [Fact]
    public async Task DefaultsFillWhatIsLeftOut()
    {
        var table = await clickHouse.TableAsync("id UInt8, text String DEFAULT concat('n', toString(id))");
        await clickHouse.Client.InsertBinaryAsync(table, ["id", "text"], [[(byte)1, DBDefault.Value], [(byte)2, "given"]],
            new InsertOptions { Format = RowBinaryFormat.RowBinaryWithDefaults });
        Assert.Equal("n1,given", await clickHouse.Client.ExecuteScalarAsync($"SELECT arrayStringConcat(groupArray(text), ',') FROM (SELECT text FROM {table} ORDER BY id)"));
    }

    [Fact]
    public async Task AStreamOfTextIsInserted()
    {
        var table = await clickHouse.TableAsync("id UInt32, text String");
        using var csv = new MemoryStream("1,\"a;\n'b\"\n2,c\n"u8.ToArray());
        using var answer = await clickHouse.Client.InsertRawStreamAsync(table, csv, "CSV");
        Assert.Contains("\"written_rows\":\"2\"", answer.Headers.GetValues("X-ClickHouse-Summary").Single(), StringComparison.Ordinal);
        Assert.Equal("a;\n'b", await clickHouse.Client.ExecuteScalarAsync($"SELECT text FROM {table} WHERE id = 1"));
    }

    [Fact]
    public async Task MutationsAndMergesFinish()
    {
        var table = await clickHouse.TableAsync("id UInt32, text String", "ENGINE = MergeTree ORDER BY id");
        for (var i = 0; i < 10; i++)
            await clickHouse.Client.ExecuteNonQueryAsync($"INSERT INTO {table} SELECT number, 'old' FROM numbers(100)");
        await clickHouse.Client.ExecuteNonQueryAsync($"ALTER TABLE {table} UPDATE text = 'new' WHERE id < 50", options: ClickHouseFixture.With(("mutations_sync", 1)));
        await clickHouse.Client.ExecuteNonQueryAsync($"ALTER TABLE {table} DELETE WHERE id = 0 SETTINGS mutations_sync = 1");
        await clickHouse.Client.ExecuteNonQueryAsync($"OPTIMIZE TABLE {table} FINAL");
        Assert.Equal(490, await clickHouse.ScalarAsync<int>($"SELECT countIf(text = 'new') FROM {table}"));
        Assert.Equal(1, await clickHouse.ScalarAsync<int>($"SELECT uniqExact(_part) FROM {table}"));
    }

    [Fact]
    public async Task BrokenDataStoresNothing()
    {
        var table = await clickHouse.TableAsync("id UInt32");
        using var cutOff = new MemoryStream(new byte[10]);
        var failure = await Assert.ThrowsAsync<ClickHouseServerException>(() => clickHouse.Client.InsertRawStreamAsync(table, cutOff, "RowBinary"));
        Assert.Equal(33, failure.ErrorCode);
        Assert.Equal(0, await clickHouse.ScalarAsync<int>($"SELECT count() FROM {table}"));
    }

    public static InsertOptions Token(string token) => new()
    {
        CustomSettings = new Dictionary<string, object>
        {
            ["insert_deduplication_token"] = token, ["insert_deduplicate"] = 1, ["async_insert"] = 0,
        },
    };

    private static List<object[]> Rows(int count)
    {
        var random = new Random(20261122);
        var begin = new DateTime(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, count).Select(i => new object[]
        {
            (ulong)i, begin.AddDays(i % 60), Bytes(random), i % 3 == 0 ? null! : i / 7.0, new[] { "a", $"t{i % 10}" },
        })];
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(0, 120)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static IClickHouseCompressor? Compressor(string name) => name switch
    {
        nameof(ZstdCompressor) => ZstdCompressor.Default,
        nameof(GZipCompressor) => GZipCompressor.Default,
        nameof(BrotliCompressor) => BrotliCompressor.Default,
        _ => null,
    };
}
