using System.Globalization;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.ADO.Readers;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Runs plans on ClickHouse, each within its bounds of time, rows and memory; a statement whose asker has gone is cancelled.</summary>
public sealed class ReportStore(ClickHouseClient client, ReportLimits? limits = null)
{
    const int RowsInARange = 3;
    readonly TenantSlots slots = new(limits ?? new ReportLimits());

    public ReportLimits Limits { get; } = limits ?? new ReportLimits();

    /// <summary>The rows of a plan, each value as the driver reads it.</summary>
    /// <exception cref="ReportLimitException">It needs more than it may.</exception>
    public async Task<List<object[]>> RowsAsync(Plan plan, CancellationToken cancel)
    {
        try
        {
            using var reader = await client.ExecuteReaderAsync(plan.Sql, Parameters(plan), Options(), cancel);
            return Read(reader);
        }
        catch (ClickHouseServerException e) when (LimitErrors.Of(e.ErrorCode, Limits) is { } limit)
        {
            throw limit;
        }
    }

    /// <summary>The same, as one of the statements that the site's tenant may run at once.</summary>
    /// <exception cref="ReportLimitException">It needs more than it may, or too many wait.</exception>
    public async Task<List<object[]>> RowsAsync(Plan plan, AuthorizedSite site, CancellationToken cancel)
    {
        using var slot = await slots.EnterAsync(site.TenantId, cancel);
        return await RowsAsync(plan, cancel);
    }

    /// <summary>Rows of events that a range makes ClickHouse look at, by its index alone.</summary>
    public async Task<long> EstimateAsync(AuthorizedSite site, TimeRange range, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var sql = "EXPLAIN ESTIMATE SELECT count() FROM events AS e WHERE e.site_id = " + parameters.Add("site", "UInt32", site.Id)
            + $" AND e.{EventColumns.Counts} AND e.timestamp >= {parameters.Time("from", range.From)} AND e.timestamp < {parameters.Time("to", range.To)}";
        return (await RowsAsync(new Plan(sql, parameters.All, "raw"), cancel)).Sum(r => Convert.ToInt64(r[RowsInARange], CultureInfo.InvariantCulture));
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

    QueryOptions Options() => new()
    {
        MaxExecutionTime = TimeSpan.FromSeconds(Limits.Seconds),
        CustomSettings = new Dictionary<string, object>
        {
            ["max_memory_usage"] = Limits.MemoryBytes,
            ["max_rows_to_read"] = Limits.Rows,
            ["cancel_http_readonly_queries_on_client_close"] = 1,
        },
    };
}
