using System.Net;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class ParameterTests(ClickHouseFixture clickHouse)
{
    public static TheoryData<string, object?, string> Values => new()
    {
        { "UInt64", ulong.MaxValue, "18446744073709551615" },
        { "Int8", (sbyte)-128, "-128" },
        { "Float64", 0.1, "0.1" },
        { "Decimal(18, 4)", 12345.6789m, "12345.6789" },
        { "String", "it's \\ a\ttab\nand `more` – ünïcødé 👋", "it's \\ a\ttab\nand `more` – ünïcødé 👋" },
        { "String", "", "" },
        { "Bool", true, "true" },
        { "UUID", new Guid("01234567-89ab-cdef-0123-456789abcdef"), "01234567-89ab-cdef-0123-456789abcdef" },
        { "Date", new DateOnly(2026, 2, 28), "2026-02-28" },
        { "DateTime('UTC')", new DateTime(2026, 2, 28, 23, 59, 58, DateTimeKind.Utc), "2026-02-28 23:59:58" },
        { "DateTime64(3, 'UTC')", new DateTime(2026, 2, 28, 23, 59, 58, 765, DateTimeKind.Utc), "2026-02-28 23:59:58.765" },
        { "Array(String)", new[] { "a'b", "c,d", "" }, "['a\\'b','c,d','']" },
        { "Array(UInt64)", new ulong[] { 1, 2 }, "[1,2]" },
        { "Map(String, UInt8)", new Dictionary<string, byte> { ["k"] = 1 }, "{'k':1}" },
        { "Nullable(String)", null, "<null>" },
        { "Nullable(UInt8)", (byte)7, "7" },
        { "LowCardinality(String)", "low", "low" },
        { "IPv6", IPAddress.IPv6Loopback, "::1" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task ArrivesWithItsType(string type, object? value, string expected)
    {
        var parameters = new ClickHouseParameterCollection { new ClickHouseDbParameter { ParameterName = "p", Value = value! } };
        var text = await clickHouse.Client.ExecuteScalarAsync($"SELECT ifNull(toString({{p:{type}}}), '<null>')", parameters);
        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task LongListsFitIntoTheAddress()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => Guid.NewGuid()).ToArray();
        var parameters = new ClickHouseParameterCollection { new ClickHouseDbParameter { ParameterName = "ids", Value = ids } };
        Assert.Equal(20_000, Convert.ToInt32(await clickHouse.Client.ExecuteScalarAsync("SELECT length({ids:Array(UUID)})", parameters), null));
    }

    [Fact]
    public async Task MayTravelAsForm()
    {
        using var client = new ClickHouseClient(new ClickHouseClientSettings(clickHouse.Client.Settings) { UseFormDataParameters = true });
        var parameters = new ClickHouseParameterCollection { new ClickHouseDbParameter { ParameterName = "p", Value = new string('x', 100_000) } };
        Assert.Equal(100_000, Convert.ToInt32(await client.ExecuteScalarAsync("SELECT length({p:String})", parameters), null));
    }

    [Fact]
    public async Task WorkInAnInsert()
    {
        var table = await clickHouse.TableAsync("id UInt8, text String");
        var parameters = new ClickHouseParameterCollection { new ClickHouseDbParameter { ParameterName = "p", Value = "per'il" } };
        await clickHouse.Client.ExecuteNonQueryAsync($"INSERT INTO {table} (id, text) VALUES (1, {{p:String}}), (2, 'x;y')", parameters);
        await clickHouse.Client.ExecuteNonQueryAsync($"INSERT INTO {table} SELECT 3, {{p:String}}", parameters);
        Assert.Equal("per'il,x;y,per'il", await clickHouse.Client.ExecuteScalarAsync($"SELECT arrayStringConcat(groupArray(text), ',') FROM (SELECT text FROM {table} ORDER BY id)"));
    }
}
