using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class ErrorTests(ClickHouseFixture clickHouse)
{
    [Theory]
    [InlineData("SELECT * FROM no_such_table", 60)]
    [InlineData("INSERT INTO no_such_table VALUES (1)", 60)]
    [InlineData("SELEC 1", 62)]
    [InlineData("SELECT 1; SELECT 2", 62)]
    [InlineData("SHOW TABLES; SHOW TABLES", 62)]
    [InlineData("SELECT no_such_column FROM system.one", 47)]
    [InlineData("SELECT noSuchFunction(1)", 46)]
    [InlineData("SELECT throwIf(1)", 395)]
    [InlineData("CREATE TABLE system_one_again AS no_such_database.t", 81)]
    public async Task HasClickHousesCode(string sql, int code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ClickHouseServerException>(() => clickHouse.Client.ExecuteScalarAsync(sql))).ErrorCode);

    [Theory]
    [InlineData("max_memory_usage", 10_000_000, "SELECT uniqExact(number) FROM numbers(10000000)", 241)]
    [InlineData("max_execution_time", 1, "SELECT sum(sleepEachRow(0.2)) FROM numbers(100) SETTINGS max_block_size = 1", 159)]
    [InlineData("max_result_rows", 10, "SELECT number FROM numbers(1000)", 396)]
    [InlineData("readonly", 1, "CREATE TABLE never (x UInt8) ENGINE = Memory", 164)]
    [InlineData("no_such_setting", 1, "SELECT 1", 115)]
    public async Task LimitsHaveTheirCode(string setting, object value, string sql, int code)
    {
        var failure = await Assert.ThrowsAsync<ClickHouseServerException>(() =>
            clickHouse.Client.ExecuteScalarAsync(sql, options: ClickHouseFixture.With((setting, value))));
        Assert.Equal(code, failure.ErrorCode);
    }

    [Fact]
    public async Task AnUnknownDatabaseIsNamed()
    {
        var failure = await Assert.ThrowsAsync<ClickHouseServerException>(() =>
            clickHouse.Client.ExecuteScalarAsync("SELECT * FROM t", options: new QueryOptions { Database = "nowhere" }));
        Assert.Equal(81, failure.ErrorCode);
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInsertThatFailsLateTellsWhy()
    {
        var table = await clickHouse.TableAsync("id UInt32, CONSTRAINT small CHECK id < 10");
        var rows = Enumerable.Range(0, 50_000).Select(i => new object[] { (uint)i });
        var failure = await Assert.ThrowsAsync<ClickHouseServerException>(() => clickHouse.Client.InsertBinaryAsync(table, ["id"], rows));
        Assert.Equal(469, failure.ErrorCode);
    }
}
