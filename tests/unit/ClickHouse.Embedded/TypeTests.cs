using System.Collections;
using System.Globalization;
using ClickHouse.Driver.ADO.Readers;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class TypeTests(ClickHouseFixture clickHouse)
{
    public static TheoryData<string, object?> Values => new()
    {
        { "toUUID('01234567-89ab-cdef-0123-456789abcdef')", new Guid("01234567-89ab-cdef-0123-456789abcdef") },
        { "toDateTime64('2026-02-28 23:59:58.765', 3, 'UTC')", new DateTime(2026, 2, 28, 23, 59, 58, 765) },
        { "toDateTime('2026-02-28 23:59:58', 'UTC')", new DateTime(2026, 2, 28, 23, 59, 58) },
        { "[1, 2, 3]::Array(UInt16)", new ushort[] { 1, 2, 3 } },
        { "map('a', 1, 'b', 2)::Map(String, UInt32)", new Dictionary<string, uint> { ["a"] = 1, ["b"] = 2 } },
        { "NULL::Nullable(UInt8)", DBNull.Value },
        { "5::Nullable(UInt8)", (byte)5 },
        { "toLowCardinality('low')", "low" },
        { "'second'::Enum8('first' = 1, 'second' = 2)", "second" },
        { "18446744073709551615::UInt64", ulong.MaxValue },
        { "finalizeAggregation((SELECT uniqState(number) FROM numbers(1000)))", 1000UL },
        { "-0.5::Float64", -0.5 },
        { "true", true },
        { "tuple(1::UInt8, 'x')", Tuple.Create((byte)1, "x") },
        { "'\\0\\n\\t'", "\0\n\t" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task IsRead(string expression, object? expected)
    {
        var value = await clickHouse.Client.ExecuteScalarAsync($"SELECT {expression}");
        if (expected is IDictionary)
            Assert.Equivalent(expected, value, strict: true);
        else
            Assert.Equal(expected, value);
    }

    [Fact]
    public async Task DecimalsKeepTheirDigits()
    {
        var value = await clickHouse.Client.ExecuteScalarAsync("SELECT toDecimal128('12345678901234567.89', 2)");
        Assert.Equal("12345678901234567.89", Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AggregateStatesAreKeptAndMerged()
    {
        var table = await clickHouse.TableAsync("day Date, users AggregateFunction(uniq, UInt64)", "ENGINE = AggregatingMergeTree ORDER BY day");
        for (var i = 0; i < 2; i++)
            await clickHouse.Client.ExecuteNonQueryAsync($"INSERT INTO {table} SELECT today(), uniqState(number + {i * 50}) FROM numbers(100)");
        Assert.Equal(150UL, await clickHouse.Client.ExecuteScalarAsync($"SELECT uniqMerge(users) FROM {table}"));
    }

    [Fact]
    public async Task AnEmptyResultHasItsColumns()
    {
        using ClickHouseDataReader reader = await clickHouse.Client.ExecuteReaderAsync("SELECT 1 AS one, 'x' AS text WHERE 0");
        Assert.Equal(["one", "text"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("SHOW TABLES")]
    [InlineData("DESCRIBE TABLE system.one")]
    [InlineData("EXPLAIN SELECT 1")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("(SELECT 1) UNION ALL (SELECT 2)")]
    [InlineData("SELECT 1; ")]
    public async Task OtherStatementsAnswerRows(string sql)
    {
        using var reader = await clickHouse.Client.ExecuteReaderAsync(sql);
        Assert.True(reader.FieldCount > 0);
    }

    [Fact]
    public async Task FormatsAreHonoured()
    {
        using var raw = await clickHouse.Client.ExecuteRawResultAsync("SELECT number AS n FROM numbers(200000) FORMAT CSVWithNames");
        var lines = (await ReadAsync(raw)).TrimEnd().Split('\n');
        Assert.Equal(200_001, lines.Length);
        Assert.Equal("\"n\"", lines[0]);
        Assert.Equal(200_000, lines.Distinct().Count() - 1);
    }

    private static async Task<string> ReadAsync(ClickHouse.Driver.ADO.ClickHouseRawResult raw)
    {
        using var reader = new StreamReader(await raw.ReadDecompressedStreamAsync());
        return await reader.ReadToEndAsync();
    }
}
