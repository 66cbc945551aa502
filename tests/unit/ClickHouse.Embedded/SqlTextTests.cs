using System.Text;
using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("INSERT INTO t (a) VALUES (1)", "INSERT INTO t (a) ", "Values", " (1)")]
    [InlineData("insert into t format CSV\n1,2", "insert into t ", "CSV", "1,2")]
    [InlineData("INSERT INTO t FORMAT RowBinary \r\n\0\n", "INSERT INTO t ", "RowBinary", "\0\n")]
    [InlineData("INSERT INTO t FORMAT TSV 1", "INSERT INTO t ", "TSV", "1")]
    [InlineData("/* values */ INSERT -- format X\nINTO `values` (`format`, \"select\") SETTINGS a='values' FORMAT JSONEachRow\n{}", "/* values */ INSERT -- format X\nINTO `values` (`format`, \"select\") SETTINGS a='values' ", "JSONEachRow", "{}")]
    [InlineData("INSERT INTO t SETTINGS insert_deduplication_token='it\\'s values' FORMAT CSV\n", "INSERT INTO t SETTINGS insert_deduplication_token='it\\'s values' ", "CSV", "")]
    [InlineData("INSERT INTO FUNCTION remote('x', values) VALUES (1)", "INSERT INTO FUNCTION remote('x', values) ", "Values", " (1)")]
    public void FindsAnInsertsData(string sql, string statement, string format, string data)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        var shape = SqlText.FindInsert(bytes)!.Value;
        Assert.Equal(statement, Encoding.UTF8.GetString(bytes[..shape.StatementEnd]));
        Assert.Equal(format, shape.Format);
        Assert.Equal(data, Encoding.UTF8.GetString(bytes[shape.DataStart..]));
    }

    [Theory]
    [InlineData("INSERT INTO t SELECT 1 FORMAT CSV")]
    [InlineData("INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("SELECT 'INSERT INTO t VALUES (1)'")]
    [InlineData("INSERT INTO t")]
    [InlineData("")]
    public void LeavesOtherStatementsAlone(string sql) => Assert.Null(SqlText.FindInsert(Encoding.UTF8.GetBytes(sql)));

    [Theory]
    [InlineData("SELECT 1 FORMAT CSV", "CSV")]
    [InlineData("SELECT 1 format JSON;\n", "JSON")]
    [InlineData("SELECT 1 FORMAT TSV SETTINGS max_threads = 1", "TSV")]
    [InlineData("SELECT format FROM t", null)]
    [InlineData("SELECT ' FORMAT CSV'", null)]
    [InlineData("SELECT $a$ FORMAT CSV$a$ -- FORMAT CSV", null)]
    [InlineData("SELECT 1 AS format", null)]
    public void FindsTheFormat(string sql, string? format) => Assert.Equal(format, SqlText.FindFormat(Encoding.UTF8.GetBytes(sql)));
}
