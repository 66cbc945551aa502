using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.ADO.Readers;

namespace SaaS.Analytics.Reports;

/// <summary>Runs plans on ClickHouse, each within its bounds of time and memory.</summary>
public sealed class ReportStore(ClickHouseClient client)
{
    const int CannotCompileRegexp = 427;
    const long MostMemory = 2L << 30;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The rows of a plan, each value as the driver reads it.</summary>
    /// <exception cref="ReportQueryException">A regular expression of a filter is wrong.</exception>
    public async Task<List<object[]>> RowsAsync(Plan plan, CancellationToken cancel)
    {
        try
        {
            using var reader = await client.ExecuteReaderAsync(plan.Sql, Parameters(plan), Options(), cancel);
            return Read(reader);
        }
        catch (ClickHouseServerException e) when (e.ErrorCode == CannotCompileRegexp)
        {
            throw new ReportQueryException("filters", "A regular expression cannot be understood (RE2 syntax).");
        }
    }

    static List<object[]> Read(ClickHouseDataReader reader)
    {
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    static ClickHouseParameterCollection Parameters(Plan plan)
    {
        var parameters = new ClickHouseParameterCollection();
        foreach (var p in plan.Parameters)
            parameters.Add(new ClickHouseDbParameter { ParameterName = p.Name, ClickHouseType = p.Type, Value = p.Value });
        return parameters;
    }

    static QueryOptions Options() => new()
    {
        MaxExecutionTime = Longest,
        CustomSettings = new Dictionary<string, object>
        {
            ["max_memory_usage"] = MostMemory,
            ["cancel_http_readonly_queries_on_client_close"] = 1,
        },
    };
}
