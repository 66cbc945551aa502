namespace SaaS.Analytics.Reports;

/// <summary>A statement for ClickHouse. Its columns: the dimensions in order, the metrics in order, perhaps the number of all rows.</summary>
public sealed record Plan(string Sql, IReadOnlyList<SqlParameter> Parameters, string Source);
